/// Square thumbnails to place on a canvas, cluster by cluster.
public struct PackingProblem: Equatable, Sendable {
  /// One thumbnail.
  public struct Item: Equatable, Sendable {
    /// What it shows: a neuron of the layer.
    public var item: Int
    /// The side grows with its square root; what is not above 0 counts as the least there is.
    public var importance: Double

    public init(item: Int, importance: Double) {
      self.item = item
      self.importance = importance
    }
  }

  /// Canvas in pixels. With half blocks a terminal cell is 1 × 2 pixels.
  public var width: Int
  public var height: Int
  /// Clusters, similar ones near each other, and members of each in an order in which similar ones
  /// are near; each cluster is kept whole, in a box of its own.
  public var groups: [[Item]]
  /// Sides and places are multiples of this; 2 keeps thumbnails on whole cells.
  public var grid = 2
  /// Smallest side in pixels, by default ``PackedFeatures/legibleSide``; thumbnails that find no room at it are left out and counted.
  public var smallestSide = PackedFeatures.legibleSide
  /// Largest side as a multiple of the smallest importance's, so that no giant eats the canvas;
  /// nil for no limit.
  public var contrast: Double? = 4

  /// A problem with a grid of 2, a smallest side of 8 and sides within a factor of 4.
  public init(width: Int, height: Int, groups: [[Item]]) {
    self.width = width
    self.height = height
    self.groups = groups
  }
}

/// Thumbnails placed, and how well.
public struct PackedFeatures: Equatable, Sendable {
  /// Least side in pixels at which a thumbnail can be made out: 8 × 4 cells of half blocks.
  public static let legibleSide = 8

  /// By group, then from large to small.
  public var squares: [PackedSquare]
  /// Pixels of side for an importance of 1.
  public var scale: Double
  /// Share of the canvas that is covered, 0…1.
  public var density: Double
  /// Share of all items that are shown with at least the side that is called legible.
  public var legibleShare: Double
  /// Items that found no room.
  public var hidden: Int
}
