import Networks
import Tensors

/// Decides whether images can be run through a network; each refusal is one sentence.
struct AnalysisInputFinder {
  let graph: OperatorGraph
  let network: Network

  func find() -> AnalysisInput {
    if network.inputs.isEmpty { return .unavailable("The network takes no input.") }
    if network.inputs.count > 1 {
      let names = network.inputs.prefix(4).map { "“\($0.name)”" }.joined(separator: ", ")
      return .unavailable(
        "The network takes \(NumberText.counted(network.inputs.count, "input")) (\(names)), and only one image"
          + " input can be fed.")
    }
    if network.layers.isEmpty {
      return .unavailable(
        "The network has no convolution or dense layer with weights of its own, so there are no"
          + " neurons to show.")
    }
    switch image() {
    case .failure(let refusal): return .unavailable(refusal.sentence)
    case .success(let image):
      guard let output = classifier() else { return .unavailable(noClassifier()) }
      return .image(image, output)
    }
  }

  private struct Refusal: Error {
    var sentence: String
  }

  private func image() -> Result<ImageInput, Refusal> {
    let port = network.inputs[0]
    let tensor = graph.tensors[graph.inputs[0]]
    let refuse = { (reason: String) in
      Result<ImageInput, Refusal>.failure(
        Refusal(
          sentence: "The input “\(port.name)” \(reason), not an image."))
    }
    guard tensor.kind == .tensor else { return refuse("is a \(tensor.kind)") }
    guard let shape = port.shape else { return refuse("has no shape in the file") }
    guard shape.rank == 4 else { return refuse("has the shape \(shape)") }
    guard port.elementType.isFloatingPoint || port.elementType == .uint8 else {
      return refuse("holds \(port.elementType.rawValue) numbers")
    }
    let finder = InputFinder(graph: graph)
    let layout = finder.layout(of: graph.inputs[0])
    let isLast = layout == .nhwc
    guard let channels = shape.dimensions[isLast ? 3 : 1].length ?? channelsOfFirstLayer(),
      channels == 1 || channels == 3
    else { return refuse("has the shape \(shape), and images have 1 or 3 channels; this is") }
    return .success(
      ImageInput(
        portIndex: 0, name: tensor.name, elementType: port.elementType, layout: layout,
        channelCount: channels, height: shape.dimensions[isLast ? 1 : 2].length,
        width: shape.dimensions[isLast ? 2 : 3].length, fixedBatch: shape.dimensions[0].length,
        embeddedPreprocessing: finder.preprocessing(of: graph.inputs[0])))
  }

  private func channelsOfFirstLayer() -> Int? {
    for place in graph.tensors[graph.inputs[0]].consumers where graph.nodes[place].kind == "Conv" {
      let node = graph.nodes[place]
      guard let weight = node.input(1).flatMap({ graph.tensors[$0].constant }),
        weight.dimensions.count > 1
      else { continue }
      return weight.dimensions[1].multipliedReportingOverflow(by: node.int("group") ?? 1)
        .partialValue
    }
    return nil
  }

  /// The first output with one number a class for each image.
  private func classifier() -> ClassifierOutput? {
    for (index, port) in network.outputs.enumerated() {
      guard let shape = port.shape, port.elementType.isFloatingPoint || port.elementType.isInteger,
        shape.rank >= 2, let classes = classAxis(shape)
      else { continue }
      let count = shape.dimensions[classes].length
      if let count, count < 2 { continue }
      return ClassifierOutput(
        portIndex: index, name: graph.tensors[graph.outputs[index]].name, classCount: count,
        isProbability: isProbability(graph.outputs[index]))
    }
    return nil
  }

  /// The axis of the classes: the only one besides the batch that is not 1.
  private func classAxis(_ shape: TensorShape) -> Int? {
    if shape.rank == 2 { return 1 }
    let long = shape.dimensions.indices.dropFirst().filter { shape.dimensions[$0] != .fixed(1) }
    guard long.count == 1, let axis = long.first, shape.dimensions[axis].length != nil else {
      return nil
    }
    return axis
  }

  private func noClassifier() -> String {
    let shapes = network.outputs.prefix(3)
      .map { "“\($0.name)” \($0.shape?.description ?? "of unknown shape")" }
      .joined(separator: ", ")
    return "The network is no classifier: its output is \(shapes), not one score a class."
  }

  /// Whether the scores went through a softmax or sigmoid last.
  private func isProbability(_ output: Int) -> Bool {
    var tensor = output
    for _ in 0..<16 {
      guard let node = graph.producer(of: tensor) else { return false }
      switch node.kind {
      case "Softmax", "Sigmoid", "QLinearSoftmax", "QLinearSigmoid": return true
      case "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "QuantizeLinear",
        "DequantizeLinear", "GlobalAveragePool", "ReduceMean":
        guard let input = node.input(0) else { return false }
        tensor = input
      default: return false
      }
    }
    return false
  }
}
