import Tensors

/// What each live neuron responds to, without how strongly: rows scaled to unit length.
///
/// Between unit rows the squared Euclidean distance is twice the cosine distance, so clusters
/// group neurons by selectivity, not by gain. Rows without length (dead neurons) and rows with a
/// NaN or an infinity have no direction; they are set aside and counted.
public struct ActivationProfiles: Equatable, Sendable {
  /// Live rows at unit length; live neurons × classes.
  public let unitRows: Matrix
  /// Row of the source matrix behind each unit row, ascending.
  public let live: [Int]
  /// Rows of the source matrix that are zero everywhere, ascending.
  public let dead: [Int]
  /// Rows of the source matrix with a value that is NaN or infinite, ascending.
  public let nonFinite: [Int]

  /// Normalises the rows of `matrix` (neurons × classes).
  ///
  /// - Complexity: O(neurons · classes).
  public init(_ matrix: Matrix) {
    var live: [Int] = []
    var dead: [Int] = []
    var nonFinite: [Int] = []
    var values: [Float] = []
    values.reserveCapacity(matrix.values.count)
    for row in 0..<matrix.rowCount {
      let squares = matrix.withRow(row) { source in
        var sum = 0.0
        for column in source.indices { sum += Double(source[column]) * Double(source[column]) }
        return sum
      }
      if !squares.isFinite {
        nonFinite.append(row)
      } else if squares == 0 {
        dead.append(row)
      } else {
        let scale = 1 / squares.squareRoot()
        live.append(row)
        for value in matrix.row(row) { values.append(Float(Double(value) * scale)) }
      }
    }
    unitRows = Matrix(rowCount: live.count, columnCount: matrix.columnCount, values: values)
    self.live = live
    self.dead = dead
    self.nonFinite = nonFinite
  }

  /// Rows of the source matrix.
  public var rowCount: Int { live.count + dead.count + nonFinite.count }

  /// Labels of the source's rows from labels of the live ones; -1 for the rest.
  public func spread(_ liveLabels: [Int]) -> [Int] {
    precondition(liveLabels.count == live.count)
    var labels = Array(repeating: -1, count: rowCount)
    for (place, row) in live.enumerated() { labels[row] = liveLabels[place] }
    return labels
  }

  /// Squared length of each unit row, summed as ``DotProducts`` sums, so that a row's distance
  /// from its duplicate is exactly zero.
  var squaredLengths: [Float] {
    (0..<unitRows.rowCount).map { row in
      unitRows.withRow(row) { source in
        var sum: Float = 0
        for column in source.indices { sum += source[column] * source[column] }
        return sum
      }
    }
  }
}
