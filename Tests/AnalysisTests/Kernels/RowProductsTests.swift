import Tensors
import Testing

@testable import Analysis

struct RowProductsTests {
  private func unitRows(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    ActivationProfiles(randomMatrix(rows, columns, seed: seed)).unitRows
  }

  @Test(arguments: [1, 7, 8, 9, 21])
  func `products are sums over columns, alike from both sides`(count: Int) {
    let rows = unitRows(count, 13, seed: 4)
    let products = RowProducts(rows)
    for one in 0..<count {
      for other in 0..<count {
        let sum = zip(rows.row(one), rows.row(other)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        #expect(products[one, other] == sum && products[other, one] == sum)
      }
    }
  }

  @Test func `distances from products are the bits of distances from rows`() {
    let rows = unitRows(30, 11, seed: 8)
    let (made, expected) = (SquareDistances(RowProducts(rows)), SquareDistances.cosine(rows))
    #expect(made.values == expected.values)
  }

  @Test func `chosen rows have the products that they have alone`() {
    let rows = unitRows(20, 9, seed: 2)
    let chosen = [3, 4, 8, 11, 12, 13, 17, 18, 19, 0]
    let alone = Matrix(
      rowCount: chosen.count, columnCount: 9, values: chosen.flatMap { Array(rows.row($0)) })
    #expect(RowProducts(rows).selecting(chosen).values == RowProducts(alone).values)
  }

  @Test func `the sum over a set counts every pair twice and each row once`() {
    let products = RowProducts(unitRows(12, 7, seed: 6))
    let rows = [1, 5, 9]
    let expected = rows.reduce(0.0) { sum, one in
      rows.reduce(sum) { $0 + Double(products[one, $1]) }
    }
    #expect(abs(products.sum(over: rows) - expected) < 1e-9)
  }

  @Test func `products pay for many columns and not too many rows`() {
    #expect(RowProducts.pay(rowCount: 512, columnCount: 1000))
    #expect(!RowProducts.pay(rowCount: 512, columnCount: 10))
    #expect(!RowProducts.pay(rowCount: 4096, columnCount: 5000))
  }
}
