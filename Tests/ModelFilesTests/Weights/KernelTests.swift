import Networks
import Tensors
import Testing

@testable import ModelFiles

@Suite struct KernelTests {
  @Test func `batch normalisation is folded in`() throws {
    let file = try OnnxBuilder.small().open()
    let stem = try #require(file.network.layer("stem"))
    let kernel = try file.kernel(of: stem.id)
    #expect(kernel.shape == [4, 3, 3, 3])
    for neuron in 0..<4 {
      let n = Float(neuron)
      let factor = (2 + n) / (3 + n + 1e-5).squareRoot()
      let weight = Float(neuron * 27 + 5 + 1) / 8
      #expect(abs(kernel.values[neuron * 27 + 5] - weight * factor) < 1e-4)
      #expect(abs(kernel.bias[neuron] - (1 + n - (0.5 + n) * factor)) < 1e-4)
    }
  }

  /// One 1 × 1 convolution with three weights 1.5, −2, 0 stored as `write` says.
  private func values(type: Int, _ write: (inout WireWriter) -> Void) throws -> [Float] {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 4, 4])
    model.tensor("w", [3, 1, 1, 1], type: type, write)
    model.node("Conv", ["x", "w"], ["y"])
    model.output("y")
    let file = try model.open()
    return try file.kernel(of: LayerID(0)).values
  }

  @Test func `every way of storing numbers is read`() throws {
    let expected: [Float] = [1.5, -2, 0]
    let halves = expected.map { Int(Float16($0).bitPattern) }
    let brains = expected.map { Int($0.bitPattern >> 16) }
    #expect(
      try values(type: 1) { $0.data(9, expected.flatMap { littleEndian($0.bitPattern) }) }
        == expected)
    #expect(
      try values(type: 1) { $0.data(4, expected.flatMap { littleEndian($0.bitPattern) }) }
        == expected)
    #expect(try values(type: 1) { for value in expected { $0.float(4, value) } } == expected)
    #expect(
      try values(type: 10) { $0.data(9, halves.flatMap { littleEndian(UInt16($0)) }) } == expected)
    #expect(try values(type: 10) { for value in halves { $0.int(5, value) } } == expected)
    #expect(
      try values(type: 16) { $0.data(9, brains.flatMap { littleEndian(UInt16($0)) }) } == expected)
    #expect(
      try values(type: 16) { writer in
        var packed = WireWriter()
        for value in brains { packed.varint(UInt64(value)) }
        writer.data(5, packed.bytes)
      } == expected)
    #expect(
      try values(type: 11) {
        $0.data(10, expected.flatMap { littleEndian(Double($0).bitPattern) })
      } == expected)
  }

  @Test func `too few numbers are said, not made up`() throws {
    let error = #expect(throws: ModelFileError.self) {
      try values(type: 1) { $0.data(9, [0, 0, 0, 0]) }
    }
    #expect(error?.description.contains("1 of 3") == true)
    #expect(throws: ModelFileError.self) { try values(type: 23) { $0.data(9, [0, 0, 0]) } }
  }

  @Test func `transposed and reshaped constants come in the right order`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3])
    model.weight("w", [2, 3], [1, 2, 3, 4, 5, 6])
    model.node("Transpose", ["w"], ["t"], ["perm": .ints([1, 0])])
    model.node("MatMul", ["x", "t"], ["y"])
    model.output("y")
    let file = try model.open()
    #expect(try file.kernel(of: LayerID(0)).values == [1, 2, 3, 4, 5, 6])
    #expect(try file.connectionStrength(of: file.network.edges[0])?.values == [1, 2, 3, 4, 5, 6])
  }

  @Test func `transposed convolutions are turned neuron first`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 4, 4, 4])
    model.weight("w", [4, 1, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8])
    model.node("ConvTranspose", ["x", "w"], ["y"], ["group": .int(2)])
    model.output("y")
    let file = try model.open()
    let kernel = try file.kernel(of: LayerID(0))
    #expect(kernel.shape == [2, 2, 1, 2])
    #expect(kernel.values == [1, 2, 3, 4, 5, 6, 7, 8])
    let strength = try #require(try file.connectionStrength(of: file.network.edges[0]))
    #expect(strength.values == [3, 7, 0, 0, 0, 0, 11, 15])
  }

  @Test func `statistics count zeros and what is not finite`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 4, 4])
    let planted: [Float] = [0, 1, -3, .nan, 0, 2, .infinity, 4, 0, -1, 3, 5]
    model.weight("w", [12, 1, 1, 1], planted)
    model.node("Conv", ["x", "w"], ["y"])
    model.output("y")
    let statistics = try model.open().weightStatistics(of: LayerID(0))
    let finite = planted.filter(\.isFinite).map(Double.init)
    let mean = finite.reduce(0, +) / 10
    let variance = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10
    #expect(statistics.count == 12)
    #expect(statistics.nonFiniteCount == 2)
    #expect(statistics.zeroShare == 0.25)
    #expect(statistics.minimum == -3 && statistics.maximum == 5)
    #expect(abs(statistics.mean - mean) < 1e-12)
    #expect(abs(statistics.standardDeviation - variance.squareRoot()) < 1e-12)
  }

  /// Strength by definition: the sum over all weights whose input the route leads to.
  private func definition(_ file: ModelFile, _ edge: LayerEdge) throws -> [Float]? {
    guard case .layer(let target) = edge.target, case .layer(let source) = edge.source else {
      return nil
    }
    let kernel = try file.kernel(of: target)
    let positions = kernel.shape[2] * kernel.shape[3]
    let groups = file.network[target].kernel?.groups ?? 1
    let columns = file.network[source].neuronCount
    var result = Array(repeating: Float(0), count: kernel.shape[0] * columns)
    for route in edge.routes {
      for i in 0..<route.count {
        for p in 0..<route.spatialCount {
          let input = route.targetStart + i * route.targetStep + p * route.positionStep
          for neuron in 0..<kernel.shape[0] {
            let group = neuron / (kernel.shape[0] / groups)
            let place = input - group * kernel.shape[1]
            guard (0..<kernel.shape[1]).contains(place) else { continue }
            let start = (neuron * kernel.shape[1] + place) * positions
            let sum = kernel.values[start..<start + positions].reduce(0, +)
            result[neuron * columns + route.sourceStart + i * route.sourceStep] += sum
          }
        }
      }
    }
    return result
  }

  @Test func `strengths follow the routes`() throws {
    var model = OnnxBuilder.small()
    model.convolution("grouped", from: "i", to: "z", 4, 6, group: 2)
    model.output("z")
    let file = try model.open()
    var compared = 0
    for edge in file.network.edges {
      guard let expected = try definition(file, edge) else { continue }
      let found = try #require(try file.connectionStrength(of: edge))
      for (a, b) in zip(found.values, expected) { #expect(abs(a - b) <= 1e-3 * max(1, abs(b))) }
      compared += 1
    }
    #expect(compared == 8)
  }

  @Test func `a hostile size is refused before memory is taken`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 1])
    model.integers("shape", [2], [1 << 20, 1 << 20])
    model.node("ConstantOfShape", ["shape"], ["w"])
    model.node("MatMul", ["x", "w"], ["y"])
    model.output("y")
    let file = try model.open()
    #expect(throws: ModelFileError.self) { try file.kernel(of: LayerID(0)) }
  }

  @Test func `a layer larger than any is left out and said`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 1])
    model.integers("shape", [2], [1, 1 << 39])
    model.node("ConstantOfShape", ["shape"], ["w"])
    model.node("MatMul", ["x", "w"], ["y"])
    model.output("y")
    let network = try model.open().network
    #expect(network.layers.isEmpty)
    #expect(network.notes.count == 1)
  }
}
