import Analysis
import Comparison
import Tensors
import Testing

struct ImageAlignmentTests {
  /// Neurons × items, from a function of item and neuron.
  private func matrix(_ neurons: Int, _ value: (Int, Int) -> Int, items: Int = 20) -> Matrix {
    Matrix(
      rowCount: neurons, columnCount: items,
      values: (0..<neurons).flatMap { neuron in (0..<items).map { Float(value($0, neuron)) } })
  }

  private var x: Matrix { matrix(4) { i, k in (i * 7 + k * k * 3 + i * i * k) % 11 - 5 } }
  private var y: Matrix { matrix(6) { i, k in (i * 5 + k * 2 + i * i * (k + 1)) % 13 - 6 } }

  /// Values of NumPy 2, by the definition with trace and ones, in float64.
  @Test func `it agrees with NumPy`() throws {
    #expect(abs(try #require(unbiasedCKA(x, y)) - 0.0410247286348308) < 1e-12)
    let rows = [x.row(0), x.row(1), y.row(0)]
    let mixed = Matrix(rowCount: 3, columnCount: 20, values: rows.flatMap(\.self))
    #expect(abs(try #require(unbiasedCKA(x, mixed)) - 0.5138187878249838) < 1e-12)
    #expect(abs(try #require(unbiasedCKA(y, mixed)) - 0.4124013538977584) < 1e-12)
  }

  @Test func `offset, scale and order of neurons do not matter`() throws {
    let other = Matrix(
      rowCount: 4, columnCount: 20,
      values: (0..<4).reversed().flatMap { row in x.row(row).map { -3 * $0 + 7 } })
    #expect(abs(try #require(unbiasedCKA(x, other)) - 1) < 1e-12)
  }

  @Test(arguments: UInt64(0)..<5)
  func `noise in many neurons does not look alike, as it does without the correction`(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    func noise() -> Matrix {
      Matrix(
        rowCount: 200, columnCount: 40,
        values: (0..<8000).map { _ in Float.random(in: -1...1, using: &random) })
    }
    let (one, other) = (noise(), noise())
    #expect(abs(try #require(unbiasedCKA(one, other))) < 0.2)
    #expect(try #require(linearCKA(one, other)) > 0.7)
  }

  @Test func `only images that both samples hold count`() throws {
    func sample(_ images: Range<Int32>, _ value: (Int32) -> Float) throws -> ActivationSample {
      let values = images.flatMap { [value($0), Float($0 % 3)] }
      return try #require(
        ActivationSample(neuronCount: 2, images: Array(images), means: values, centers: values))
    }
    let first = try sample(0..<60) { Float($0 * $0 % 7) }
    let second = try sample(20..<80) { Float($0 * $0 % 7) }
    let found = try #require(ImageAlignment(first, second))
    #expect(found.imageCount == 40)
    #expect(abs(found.value - 1) < 1e-9)
    #expect(ImageAlignment(first, try sample(50..<80) { Float($0) }) == nil)
    #expect(ImageAlignment(first, try sample(0..<60) { _ in .nan }) == nil)
    let flat = try #require(
      ActivationSample(
        neuronCount: 1, images: Array(0..<60), means: Array(repeating: 1, count: 60),
        centers: Array(repeating: 1, count: 60)))
    #expect(ImageAlignment(first, flat) == nil)
  }
}
