import Comparison
import Tensors
import Testing

struct LinearCKATests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = SeededGenerator(seed: seed)
    return Matrix(
      rowCount: rows, columnCount: columns,
      values: (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) })
  }

  @Test(arguments: UInt64(0)..<20)
  func `neither order, sign, scale nor offset of neurons matters`(seed: UInt64) throws {
    let one = random(6, 9, seed: seed)
    let other = Matrix(
      rowCount: 6, columnCount: 9,
      values: (0..<6).reversed().flatMap { row in one.row(row).map { -3 * $0 + 5 } })
    #expect(abs(try #require(linearCKA(one, other)) - 1) < 1e-5)
  }

  @Test(arguments: UInt64(0)..<20)
  func `it agrees with the definition by centred products`(seed: UInt64) throws {
    let (x, y) = (random(3, 7, seed: seed), random(5, 7, seed: seed + 100))
    func centred(_ m: Matrix) -> [[Double]] {
      (0..<m.rowCount).map { row in
        let values = m.row(row).map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
      }
    }
    /// Squared Frobenius norm of a · bᵀ.
    func cross(_ a: [[Double]], _ b: [[Double]]) -> Double {
      a.reduce(0.0) { sum, row in
        b.reduce(sum) { inner, other in
          let dot = zip(row, other).reduce(0.0) { $0 + $1.0 * $1.1 }
          return inner + dot * dot
        }
      }
    }
    let (a, b) = (centred(x), centred(y))
    let expected = cross(a, b) / (cross(a, a).squareRoot() * cross(b, b).squareRoot())
    #expect(abs(try #require(linearCKA(x, y)) - expected) < 1e-9)
  }

  @Test func `a layer that gives all items the same has no alignment`() {
    let flat = Matrix(rowCount: 2, columnCount: 3, values: [1, 1, 1, 2, 2, 2])
    #expect(linearCKA(flat, random(2, 3, seed: 1)) == nil)
    let broken = Matrix(rowCount: 1, columnCount: 3, values: [.nan, 1, 2])
    #expect(linearCKA(broken, random(2, 3, seed: 1)) == nil)
  }
}
