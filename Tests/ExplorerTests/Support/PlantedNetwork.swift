import Networks

/// A small network with a residual Add and a Concat branch: eight layers in four stages.
enum PlantedNetwork {
  static let classes = [
    "plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]
  static let sizes = [8, 8, 8, 16, 8, 12, 16, 10]
  static let names = [
    "conv1", "block1.conv1", "block1.conv2", "reduce", "mix.squeeze", "mix.expand", "merge", "fc",
  ]
  /// Sources of each layer; -1 is the input.
  static let sources = [[-1], [0], [1], [2, 0], [3], [3], [4, 5], [6]]
  static let sides = [32, 32, 32, 16, 16, 16, 8, 1]

  static func make() -> Network {
    Network(
      name: "planted.onnx",
      inputs: [
        NetworkPort(
          name: "image", elementType: .float32, shape: TensorShape(fixed: [1, 3, 32, 32]))
      ],
      outputs: [
        NetworkPort(name: "logits", elementType: .float32, shape: TensorShape(fixed: [1, 10]))
      ],
      layers: names.indices.map(layer), edges: edges(),
      stages: [
        stage("stem", 32, [[0]]), stage("block1", 32, [[1, 2]]), stage("mix", 16, [[3], [4, 5]]),
        stage("head", nil, [[6], [7]]),
      ],
      operatorCounts: [
        OperatorCount(name: "Conv", count: 7), OperatorCount(name: "Relu", count: 7),
        OperatorCount(name: "Add", count: 1), OperatorCount(name: "Concat", count: 1),
        OperatorCount(name: "Gemm", count: 1),
      ], parameterCount: 6_410,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: ["17"], producer: "planted", fileByteCount: 26_000,
        externalData: false), notes: [])
  }

  static func kernelSide(_ index: Int) -> Int { [3, 3, 3, 3, 1, 3, 3, 1][index] }

  static func inputCount(_ index: Int) -> Int {
    let parts = sources[index].map { $0 < 0 ? 3 : sizes[$0] }
    return index == 6 ? parts.reduce(0, +) : parts[0]
  }

  private static func layer(_ index: Int) -> Layer {
    let isDense = index == 7
    let side = kernelSide(index)
    let fields = [3, 5, 7, 9, 9, 13, 17, 32]
    return Layer(
      id: LayerID(index), name: names[index], operatorName: isDense ? "Gemm" : "Conv",
      kind: isDense ? .dense : .convolution, neuronCount: sizes[index],
      outputTensor: "\(names[index])/out",
      outputShape: isDense
        ? TensorShape(fixed: [1, 10])
        : TensorShape([
          .symbolic("N"), .fixed(sizes[index]), .fixed(sides[index]), .fixed(sides[index]),
        ]), channelAxis: 1, activation: isDense ? nil : "Relu", hasBatchNormalization: !isDense,
      kernel: isDense
        ? nil
        : KernelGeometry(
          size: [side, side], strides: index == 3 || index == 6 ? [2, 2] : [1, 1],
          dilations: [1, 1], padsBefore: [side / 2, side / 2], padsAfter: [side / 2, side / 2],
          groups: 1), parameterCount: sizes[index] * (inputCount(index) * side * side + 1),
      receptiveField: isDense
        ? nil
        : ReceptiveField(
          size: [fields[index], fields[index]],
          jump: [32 / sides[index], 32 / sides[index]],
          start: [-(fields[index] / 2), -(fields[index] / 2)]))
  }

  private static func edges() -> [LayerEdge] {
    var edges: [LayerEdge] = []
    for (target, list) in sources.enumerated() {
      for source in list.sorted() {
        edges.append(
          LayerEdge(
            source: source < 0 ? .input(0) : .layer(LayerID(source)),
            target: .layer(LayerID(target)),
            through: target == 6 ? ["Concat"] : target == 3 ? ["Add"] : [], routes: []))
      }
    }
    edges.append(
      LayerEdge(source: .layer(LayerID(7)), target: .output(0), through: [], routes: []))
    return edges
  }

  private static func stage(_ name: String, _ side: Int?, _ blocks: [[Int]]) -> LayerStage {
    LayerStage(
      name: name, spatialSize: side.map { [$0, $0] },
      blocks: blocks.map { block in
        LayerBlock(
          name: block.count > 1 ? "\(name).block" : names[block[0]], layers: block.map(LayerID.init)
        )
      })
  }
}
