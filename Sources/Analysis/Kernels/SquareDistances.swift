import Tensors

/// A symmetric table of distances between `count` items, rows padded to a multiple of eight.
///
/// Padding holds infinity, so that minima need no end cases. 4,096 items take 64 MiB.
struct SquareDistances: Sendable {
  let count: Int
  /// Values from one row to the next.
  let stride: Int
  var values: [Float]

  /// Infinity everywhere.
  init(count: Int) {
    self.count = count
    stride = (count + 7) / 8 * 8
    values = Array(repeating: .infinity, count: count * stride)
  }

  @inline(__always)
  subscript(row: Int, column: Int) -> Float {
    get { values[row * stride + column] }
    set { values[row * stride + column] = newValue }
  }

  /// Cosine distances of unit rows: 1 − cos, 0…2, infinity on the diagonal.
  ///
  /// Rounding is clamped: nothing is below 0.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked every few rows; true leaves the rest at 1, as rows with nothing in common.
  ///   - progress: Told how far it is.
  /// - Complexity: O(rows² · columns), half of it computed.
  static func cosine(
    _ rows: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> SquareDistances {
    var table = SquareDistances(count: rows.rowCount)
    let (panels, quads) = (RowPanels(rows), RowQuads(rows))
    for panel in Swift.stride(from: 0, to: panels.panelCount, by: DotProducts.panelsAtOnce) {
      if isCancelled() {
        table.part(rowsFrom: panel * 8)
        break
      }
      table.fill(from: panel, panels, quads)
      if panel.isMultiple(of: 64) {
        progress(WorkProgress(.distances, share: Double(panel) / Double(panels.panelCount)))
      }
    }
    for item in 0..<table.count { table[item, item] = .infinity }
    return table
  }

  /// Distances of some panels' rows from all rows that follow, and their mirror images.
  private mutating func fill(from first: Int, _ panels: RowPanels, _ quads: RowQuads) {
    let (count, stride) = (count, stride)
    panels.forEachProduct(from: first, onwardIn: quads) { panel, other, products in
      let distances = Self.distances(products)
      for row in 0..<min(8, count - panel * 8) {
        values[(panel * 8 + row) * stride + other] = distances[row]
        values[other * stride + panel * 8 + row] = distances[row]
      }
    }
  }

  /// Rows from there on are at distance 1 from each other.
  private mutating func part(rowsFrom first: Int) {
    for row in first..<count {
      for column in first..<count { self[row, column] = 1 }
    }
  }

  /// Cosine distances from products of unit rows, none below 0.
  @inline(__always)
  static func distances(_ products: SIMD8<Float>) -> SIMD8<Float> {
    let distances = 1 - products
    return distances.replacing(with: 0, where: distances .< 0)
  }
}

extension SquareDistances {
  /// The same distances with item `order[i]` at place `i`.
  func permuted(_ order: [Int]) -> SquareDistances {
    var result = SquareDistances(count: order.count)
    let width = result.stride
    for (row, item) in order.enumerated() {
      let source = values.span.extracting(item * stride..<(item + 1) * stride)
      for (column, other) in order.enumerated() {
        result.values[row * width + column] = source[other]
      }
    }
    return result
  }

  /// Sum of the distances between neighbours of `order`, in double precision.
  func pathLength(_ order: [Int]) -> Double {
    zip(order, order.dropFirst()).reduce(0) { $0 + Double(self[$1.0, $1.1]) }
  }
}
