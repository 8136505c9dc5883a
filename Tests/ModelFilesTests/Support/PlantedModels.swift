import Networks
import Tensors

@testable import ModelFiles

extension OnnxBuilder {
  /// The built model, opened from a file that is gone afterwards.
  func open() throws -> ModelFile {
    let folder = try TemporaryFolder()
    return try ModelFile(path: folder.write("model.onnx", bytes))
  }

  /// A convolution with weights 1, 2, 3 … unless given.
  mutating func convolution(
    _ name: String, from input: String, to output: String, _ inputs: Int, _ outputs: Int,
    kernel: Int = 3, stride: Int = 1, pad: Int? = nil, group: Int = 1, values: [Float]? = nil
  ) {
    let shape = [outputs, inputs / group, kernel, kernel]
    let count = shape.reduce(1, *)
    weight("\(name).weight", shape, values ?? (0..<count).map { Float($0 + 1) / 8 })
    let padding = pad ?? kernel / 2
    node(
      "Conv", [input, "\(name).weight"], [output], name: "/\(name)/Conv",
      [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]), "group": .int(group),
      ])
  }

  /// A dense layer over `inputs` units, transposed weights as PyTorch writes them.
  mutating func dense(
    _ name: String, from input: String, to output: String, _ inputs: Int, _ outputs: Int
  ) {
    weight("\(name).weight", [outputs, inputs], (0..<inputs * outputs).map { Float($0 % 17) - 8 })
    node("Gemm", [input, "\(name).weight"], [output], name: "/\(name)/Gemm", ["transB": .int(1)])
  }

  /// A small network with a branch, a residual sum, batch normalisation and a classifier.
  static func small() -> OnnxBuilder {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.convolution("stem", from: "image", to: "a", 3, 4)
    for (name, value) in [("scale", 2), ("shift", 1), ("mean", 0.5), ("spread", 3)]
      as [(String, Float)]
    {
      model.weight("bn.\(name)", [4], (0..<4).map { value + Float($0) })
    }
    model.node("BatchNormalization", ["a", "bn.scale", "bn.shift", "bn.mean", "bn.spread"], ["b"])
    model.node("Relu", ["b"], ["c"])
    model.convolution("left", from: "c", to: "d", 4, 2)
    model.node("Relu", ["d"], ["e"])
    model.convolution("right", from: "c", to: "f", 4, 2, kernel: 1)
    model.node("Relu", ["f"], ["g"])
    model.node("Concat", ["e", "g"], ["h"], ["axis": .int(1)])
    model.node("Add", ["h", "c"], ["i"])
    model.node(
      "MaxPool", ["i"], ["j"], ["kernel_shape": .ints([2, 2]), "strides": .ints([2, 2])])
    model.node("Flatten", ["j"], ["k"])
    model.dense("fc", from: "k", to: "scores", 64, 5)
    model.output("scores", ["batch", 5])
    return model
  }
}

extension Network {
  func layer(_ name: String) -> Layer? { layers.first { $0.name == name } }

  /// The edge between two layers, inputs and outputs by name.
  func edge(_ source: String, _ target: String) -> LayerEdge? {
    edges.first { name($0.source) == source && name($0.target) == target }
  }

  func name(_ endpoint: LayerEndpoint) -> String {
    switch endpoint {
    case .input(let index): inputs[index].name
    case .layer(let id): self[id].name
    case .output(let index): outputs[index].name
    }
  }
}
