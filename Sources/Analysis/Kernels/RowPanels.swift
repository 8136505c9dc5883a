import Tensors

/// Rows eight to a panel, one row a SIMD lane, so that short rows waste no lanes.
///
/// The value of row `8·p + lane` in column `c` is lane `lane` of `values[p · columnCount + c]`;
/// rows past the last are zero.
struct RowPanels: Sendable {
  let rowCount: Int
  let columnCount: Int
  let values: [SIMD8<Float>]

  init(_ matrix: Matrix) {
    rowCount = matrix.rowCount
    columnCount = matrix.columnCount
    let panels = (matrix.rowCount + 7) / 8
    var values = Array(repeating: SIMD8<Float>.zero, count: panels * matrix.columnCount)
    for row in 0..<matrix.rowCount {
      let base = row / 8 * matrix.columnCount
      matrix.withRow(row) { source in
        for column in source.indices { values[base + column][row % 8] = source[column] }
      }
    }
    self.values = values
  }

  var panelCount: Int { (rowCount + 7) / 8 }
}

/// Rows four to a group, interleaved: the other operand of ``DotProducts``.
///
/// The value of row `4·g + lane` in column `c` is lane `lane` of `values[g · columnCount + c]`.
struct RowQuads: Sendable {
  let rowCount: Int
  let columnCount: Int
  var values: [SIMD4<Float>]

  /// The rows of `matrix` named by `rows`, in that order.
  init(_ matrix: Span<Float>, columnCount: Int, rows: [Int]) {
    rowCount = rows.count
    self.columnCount = columnCount
    values = Array(repeating: .zero, count: (rows.count + 3) / 4 * columnCount)
    for (place, row) in rows.enumerated() {
      let source = matrix.extracting(row * columnCount..<(row + 1) * columnCount)
      let base = place / 4 * columnCount
      for column in source.indices { values[base + column][place % 4] = source[column] }
    }
  }

  /// Every row of `matrix`.
  init(_ matrix: Matrix) {
    self.init(
      matrix.values.span, columnCount: matrix.columnCount, rows: Array(0..<matrix.rowCount))
  }

  var groupCount: Int { (rowCount + 3) / 4 }
}

extension RowPanels {
  /// Calls `body(panel, row, products)` for every panel of these rows and every row of `others`.
  ///
  /// - Complexity: O(rows · others · columns).
  @inline(__always)
  func forEachProduct(with others: RowQuads, _ body: (Int, Int, SIMD8<Float>) -> Void) {
    var products = DotProducts(columnCount: columnCount, groupCount: others.groupCount)
    for first in stride(from: 0, to: panelCount, by: DotProducts.panelsAtOnce) {
      let end = min(first + DotProducts.panelsAtOnce, panelCount)
      products.multiply(
        values.span.extracting(first * columnCount..<end * columnCount), others.values.span)
      for panel in first..<end {
        for row in 0..<others.rowCount { body(panel, row, products[panel - first, row]) }
      }
    }
  }

  /// Calls `body(panel, row, products)` with the products of the rows of each panel from `first` on, as
  /// many as are made together, and of each row from that panel's first on: over all panels, those
  /// of every two of these rows.
  ///
  /// - Parameter quads: The same rows.
  @inline(__always)
  func forEachProduct(
    from first: Int, onwardIn quads: RowQuads, _ body: (Int, Int, SIMD8<Float>) -> Void
  ) {
    let end = min(first + DotProducts.panelsAtOnce, panelCount)
    let groups = first * 2..<quads.groupCount
    var products = DotProducts(columnCount: columnCount, groupCount: groups.count)
    products.multiply(
      values.span.extracting(first * columnCount..<end * columnCount),
      quads.values.span.extracting(
        groups.lowerBound * columnCount..<groups.upperBound * columnCount))
    for panel in first..<end {
      for row in panel * 8..<quads.rowCount {
        body(panel, row, products[panel - first, row - first * 8])
      }
    }
  }
}
