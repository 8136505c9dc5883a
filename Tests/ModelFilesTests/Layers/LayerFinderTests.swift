import Networks
import Testing

@testable import ModelFiles

@Suite struct LayerFinderTests {
  /// A convolution from `x` to `a`, then what `more` adds, with output `y`.
  private func layer(_ more: (inout OnnxBuilder) -> Void) throws -> Layer {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.convolution("conv", from: "x", to: "a", 3, 4)
    more(&model)
    model.output("y")
    return try #require(try model.open().network.layers.first)
  }

  @Test(arguments: ["Relu", "LeakyRelu", "Sigmoid", "Tanh", "Elu", "HardSwish", "Mish", "Gelu"])
  func `an activation that follows belongs to the layer`(kind: String) throws {
    let layer = try layer { model in
      model.node(kind, ["a"], ["b"])
      model.node("GlobalAveragePool", ["b"], ["y"])
    }
    #expect(layer.activation == kind)
    #expect(layer.outputTensor == "b")
  }

  @Test(arguments: [6, 17])
  func `the ends of a Clip are read from attributes and inputs`(opset: Int) throws {
    let layer = try layer { model in
      model.opset = opset
      model.weight("low", [], [0])
      model.weight("high", [], [6])
      if opset < 11 {
        model.node("Clip", ["a"], ["b"], ["min": .float(0), "max": .float(6)])
      } else {
        model.node("Clip", ["a", "low", "high"], ["b"])
      }
      model.node("GlobalAveragePool", ["b"], ["y"])
    }
    #expect(layer.activation == "Clip")
    #expect(layer.clipBounds == 0...6)
  }

  @Test func `a Clip without both ends has no bounds`() throws {
    let layer = try layer { model in
      model.weight("low", [], [0])
      model.node("Clip", ["a", "low"], ["b"])
      model.node("GlobalAveragePool", ["b"], ["y"])
    }
    #expect(layer.activation == "Clip" && layer.clipBounds == nil)
  }

  @Test func `a tensor that is read twice ends the layer`() throws {
    let layer = try layer { model in
      model.node("Relu", ["a"], ["b"])
      model.node("Add", ["a", "b"], ["y"])
    }
    #expect(layer.activation == nil)
    #expect(layer.outputTensor == "a")
  }

  @Test func `a swish written out is one activation`() throws {
    let layer = try layer { model in
      model.node("Sigmoid", ["a"], ["b"])
      model.node("Mul", ["a", "b"], ["c"])
      model.node("GlobalAveragePool", ["c"], ["y"])
    }
    #expect(layer.activation == "SiLU")
    #expect(layer.outputTensor == "c")
  }

  @Test func `a hard swish written out is one activation`() throws {
    let layer = try layer { model in
      for (name, value) in [("three", 3), ("zero", 0), ("six", 6)] as [(String, Float)] {
        model.weight(name, [], [value])
      }
      model.node("Add", ["a", "three"], ["b"])
      model.node("Clip", ["b", "zero", "six"], ["c"])
      model.node("Mul", ["a", "c"], ["d"])
      model.node("Div", ["d", "six"], ["e"])
      model.node("GlobalAveragePool", ["e"], ["y"])
    }
    #expect(layer.activation == "HardSwish")
    #expect(layer.outputTensor == "e")
  }

  @Test func `a Gelu written out is one activation`() throws {
    let layer = try layer { model in
      for (name, value) in [("root", 1.41421), ("one", 1), ("half", 0.5)] as [(String, Float)] {
        model.weight(name, [], [value])
      }
      model.node("Div", ["a", "root"], ["b"])
      model.node("Erf", ["b"], ["c"])
      model.node("Add", ["c", "one"], ["d"])
      model.node("Mul", ["a", "d"], ["e"])
      model.node("Mul", ["e", "half"], ["f"])
      model.node("GlobalAveragePool", ["f"], ["y"])
    }
    #expect(layer.activation == "Gelu")
    #expect(layer.outputTensor == "f")
  }

  @Test func `a squeeze-and-excite gate is no activation`() throws {
    let layer = try layer { model in
      model.node("GlobalAveragePool", ["a"], ["b"])
      model.node("Sigmoid", ["b"], ["c"])
      model.node("Mul", ["a", "c"], ["y"])
    }
    #expect(layer.activation == nil)
  }

  @Test func `one kernel a channel is depthwise`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 4, 8, 8])
    model.convolution("deep", from: "x", to: "a", 4, 8, group: 4)
    model.convolution("grouped", from: "a", to: "b", 8, 4, group: 2)
    model.output("b")
    let layers = try model.open().network.layers
    #expect(layers.map(\.kind) == [.depthwiseConvolution, .convolution])
    #expect(layers.map(\.kernel?.groups) == [4, 2])
  }

  @Test func `a matrix product with bias and activation is dense`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 6])
    model.weight("hidden/kernel", [6, 4], (0..<24).map { Float($0) })
    model.weight("hidden/bias", [4], [1, 2, 3, 4])
    model.node("MatMul", ["x", "hidden/kernel"], ["a"])
    model.node("Add", ["a", "hidden/bias"], ["b"])
    model.node("Relu", ["b"], ["y"])
    model.output("y")
    let file = try model.open()
    let layer = try #require(file.network.layers.first)
    #expect(layer.name == "hidden")
    #expect(layer.kind == .dense)
    #expect(layer.neuronCount == 4)
    #expect(layer.parameterCount == 28)
    #expect(layer.activation == "Relu")
    let kernel = try file.kernel(of: layer.id)
    #expect(kernel.shape == [4, 6, 1, 1])
    #expect(Array(kernel.values.prefix(3)) == [0, 4, 8])
    #expect(kernel.bias == [1, 2, 3, 4])
  }

  /// x → quantise → dequantise → conv with int8 weights → quantise → dequantise → pool.
  private func quantized(zero: UInt8) throws -> ModelFile {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 4, 4])
    model.weight("s", [], [0.5])
    model.raw("z", [], type: 2, [zero])
    model.raw("w", [2, 1, 1, 1], type: 3, [4, UInt8(bitPattern: -6)])
    model.weight("ws", [2], [0.5, 0.25])
    model.raw("wz", [2], type: 3, [0, 2])
    model.node("QuantizeLinear", ["x", "s", "z"], ["a"])
    model.node("DequantizeLinear", ["a", "s", "z"], ["b"])
    model.node("DequantizeLinear", ["w", "ws", "wz"], ["wf"], ["axis": .int(0)])
    model.node("Conv", ["b", "wf"], ["c"], name: "/conv/Conv")
    model.node("QuantizeLinear", ["c", "s", "z"], ["d"])
    model.node("DequantizeLinear", ["d", "s", "z"], ["e"])
    model.node("GlobalAveragePool", ["e"], ["y"])
    model.output("y")
    return try model.open()
  }

  @Test func `quantised layers end after dequantisation`() throws {
    let file = try quantized(zero: 128)
    let layer = try #require(file.network.layers.first)
    #expect(layer.quantization == "QDQ")
    #expect(layer.outputTensor == "e")
    #expect(layer.outputScale == nil)
    #expect(layer.activation == nil)
    #expect(try file.kernel(of: layer.id).values == [2, -2])
  }

  @Test func `quantisation from zero on is a rectifier`() throws {
    #expect(try quantized(zero: 0).network.layers.first?.activation == "Relu")
  }

  @Test func `quantised operators say how to read their output`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 4, 4])
    for (name, value) in [("xs", 0.5), ("ys", 2)] as [(String, Float)] {
      model.weight(name, [], [value])
    }
    model.raw("z", [], type: 2, [3])
    model.raw("w", [2, 1, 1, 1], type: 3, [4, 8])
    model.weight("ws", [2], [0.5, 0.25])
    model.raw("wz", [2], type: 3, [0, 0])
    model.raw("bias", [2], type: 6, littleEndian(Int32(8)) + littleEndian(Int32(-8)))
    model.node("QuantizeLinear", ["x", "xs", "z"], ["a"])
    model.node("QLinearConv", ["a", "xs", "z", "w", "ws", "wz", "ys", "z", "bias"], ["b"])
    model.node(
      "QLinearGlobalAveragePool", ["b", "ys", "z", "ys", "z"], ["c"], domain: "com.microsoft")
    model.node("DequantizeLinear", ["c", "ys", "z"], ["y"])
    model.output("y")
    let file = try model.open()
    let layer = try #require(file.network.layers.first)
    #expect(layer.quantization == "QOperator")
    #expect(layer.outputScale == 2)
    #expect(layer.outputZeroPoint == 3)
    let kernel = try file.kernel(of: layer.id)
    #expect(kernel.values == [2, 2])
    #expect(kernel.bias == [2, -1])
  }
}
