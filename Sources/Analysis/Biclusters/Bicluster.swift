/// Rows and columns of a weight matrix that are all linked, with one sign.
public struct Bicluster: Equatable, Sendable, Codable {
  /// Whether the weights are above 0.
  public var isExcitatory: Bool
  /// Rows, ascending.
  public var left: [Int]
  /// Columns, ascending.
  public var right: [Int]

  public init(isExcitatory: Bool, left: [Int], right: [Int]) {
    self.isExcitatory = isExcitatory
    self.left = left
    self.right = right
  }
}

/// One link of a weight matrix.
public struct SignedEdge: Hashable, Sendable, Codable {
  public var left: Int
  public var right: Int
  /// Whether the weight is above 0.
  public var isExcitatory: Bool

  public init(left: Int, right: Int, isExcitatory: Bool) {
    self.left = left
    self.right = right
    self.isExcitatory = isExcitatory
  }
}

/// A weight matrix as biclusters and the links that are in none: nothing lost, nothing added.
public struct BiclusterCover: Equatable, Sendable, Codable {
  /// Excitatory first; each drawn as one hub with a link to every member.
  public var biclusters: [Bicluster]
  /// Links drawn by themselves, by row, then by column.
  public var direct: [SignedEdge]
  /// Weights that are NaN or infinite; they are not drawn.
  public var nonFiniteCount: Int
  /// Share of the absolute weight that biclusters carry, 0…1.
  public var bundledShare: Double

  public init(
    biclusters: [Bicluster], direct: [SignedEdge], nonFiniteCount: Int, bundledShare: Double
  ) {
    self.biclusters = biclusters
    self.direct = direct
    self.nonFiniteCount = nonFiniteCount
    self.bundledShare = bundledShare
  }

  /// Lines to draw: one for every member of a bicluster and one for every direct link.
  public var linkCount: Int {
    biclusters.reduce(direct.count) { $0 + $1.left.count + $1.right.count }
  }
}
