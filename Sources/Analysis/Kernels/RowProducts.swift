import Tensors

/// Products of every two of some unit rows: how alike they are, whatever the number of columns.
///
/// Each is the sum that ``DotProducts`` makes, so `x·y` equals `y·x` to the bit, and a row's product
/// with its duplicate equals its squared length.
struct RowProducts: Sendable {
  /// Most rows whose products are kept; they take 16 MiB.
  static let mostRows = 2048

  let count: Int
  /// Products of row `i` with rows `8·p…8·p + 7` at `i · panelCount + p`; zero past the last row.
  private(set) var values: [SIMD8<Float>]

  var panelCount: Int { (count + 7) / 8 }

  /// Whether products of rows are less work than the rows themselves where both are used again and
  /// again: rows must not be too many, nor have too few columns.
  static func pay(rowCount: Int, columnCount: Int) -> Bool {
    rowCount <= min(mostRows, 4 * columnCount)
  }

  /// - Complexity: O(rows² · columns), half of it computed.
  init(_ rows: Matrix, isCancelled: () -> Bool = { false }) {
    self.init(count: rows.rowCount)
    let (panels, quads) = (RowPanels(rows), RowQuads(rows))
    for first in stride(from: 0, to: panels.panelCount, by: DotProducts.panelsAtOnce)
    where !isCancelled() {
      fill(from: first, panels, quads)
    }
  }

  private init(count: Int) {
    self.count = count
    values = Array(repeating: .zero, count: count * ((count + 7) / 8))
  }

  /// Products of some panels' rows with all rows that follow, and their mirror images.
  private mutating func fill(from first: Int, _ panels: RowPanels, _ quads: RowQuads) {
    let (count, panelCount) = (count, panelCount)
    panels.forEachProduct(from: first, onwardIn: quads) { panel, other, products in
      values[other * panelCount + panel] = products
      for row in 0..<min(8, count - panel * 8) {
        values[(panel * 8 + row) * panelCount + other / 8][other % 8] = products[row]
      }
    }
  }

  subscript(row: Int, column: Int) -> Float { values[row * panelCount + column / 8][column % 8] }

  /// Products of `row` with all rows, eight to a vector.
  @inline(__always)
  func row(_ row: Int) -> Range<Int> { row * panelCount..<(row + 1) * panelCount }

  /// Sum of the products of every row of `rows` with every other and itself.
  ///
  /// - Complexity: O(rows²).
  func sum(over rows: [Int]) -> Double {
    let values = values.span
    var sum = 0.0
    for row in rows {
      let base = row * panelCount
      for other in rows { sum += Double(values[base + other / 8][other % 8]) }
    }
    return sum
  }

  /// The products of some of the rows, in that order.
  func selecting(_ rows: [Int]) -> RowProducts {
    var result = RowProducts(count: rows.count)
    let width = result.panelCount
    for (place, row) in rows.enumerated() {
      let base = row * panelCount
      for (column, other) in rows.enumerated() {
        result.values[place * width + column / 8][column % 8] = values[base + other / 8][other % 8]
      }
    }
    return result
  }
}

extension SquareDistances {
  /// Cosine distances of unit rows from their products, the same bits as from the rows.
  ///
  /// - Complexity: O(rows²).
  init(_ products: RowProducts) {
    self.init(count: products.count)
    for row in 0..<count {
      for panel in 0..<products.panelCount {
        let distances = Self.distances(products.values[row * products.panelCount + panel])
        for lane in 0..<min(8, count - panel * 8) {
          values[row * stride + panel * 8 + lane] = distances[lane]
        }
      }
      self[row, row] = .infinity
    }
  }
}
