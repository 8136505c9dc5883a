import Tensors
import Testing

@testable import Analysis

struct DotProductsTests {
  /// One panel and two, odd numbers of columns and groups.
  @Test(arguments: [(1, 1), (1, 3), (2, 1), (2, 2), (9, 3)], [1, 7, 32])
  func `each is the sum over columns from the first on`(counts: (Int, Int), columnCount: Int) {
    let (panelCount, groupCount) = counts
    let rows = randomMatrix(8 * panelCount, columnCount, seed: 3)
    let others = randomMatrix(4 * groupCount, columnCount, seed: 5)
    let (panels, quads) = (RowPanels(rows), RowQuads(others))
    for variant in VectorVariant.allCases {
      var products = DotProducts(
        columnCount: columnCount, groupCount: groupCount, variant: variant)
      let count = min(panelCount, DotProducts.panelsAtOnce)
      products.multiply(
        panels.values.span.extracting(0..<count * columnCount), quads.values.span)
      for row in 0..<8 * count {
        for other in 0..<others.rowCount {
          let sum = zip(rows.row(row), others.row(other)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
          #expect(products[row / 8, other][row % 8] == sum)
        }
      }
    }
  }

  @Test func `rows without columns have products of nothing`() {
    let empty = RowQuads(Matrix(rowCount: 4, columnCount: 0))
    var products = DotProducts(columnCount: 0, groupCount: 1)
    products.multiply([SIMD8<Float>]().span, empty.values.span)
    #expect(products[0, 3] == .zero)
  }
}
