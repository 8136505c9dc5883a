import Tensors

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

extension BiclusterCover {
  /// Links of `weights` that are not drawn, and drawn ones that do not exist or have another sign.
  /// Both are 0 for the cover that ``Biclustering`` makes of those weights; overlapping biclusters
  /// draw a link once.
  public func differences(from weights: Matrix) -> (lost: Int, spurious: Int) {
    var drawn = Array(repeating: 0, count: weights.values.count)
    var spurious = 0
    func draw(_ row: Int, _ column: Int, _ isExcitatory: Bool) {
      guard 0..<weights.rowCount ~= row, 0..<weights.columnCount ~= column else {
        spurious += 1
        return
      }
      let weight = weights[row, column]
      let exists = weight.isFinite && (isExcitatory ? weight > 0 : weight < 0)
      if exists { drawn[row * weights.columnCount + column] += 1 } else { spurious += 1 }
    }
    for bicluster in biclusters {
      for row in bicluster.left {
        for column in bicluster.right { draw(row, column, bicluster.isExcitatory) }
      }
    }
    for edge in direct { draw(edge.left, edge.right, edge.isExcitatory) }
    let lost = weights.values.indices.count {
      weights.values[$0] != 0 && weights.values[$0].isFinite && drawn[$0] == 0
    }
    return (lost, spurious)
  }
}
