import Networks

/// A network drawn layer by layer: structure alone, as large as real ones.
struct SketchedNetwork {
  private var network: Network
  private var block: [LayerID] = []

  private init(_ name: String) {
    network = Network(
      name: name,
      inputs: [
        NetworkPort(
          name: "image", elementType: .float32, shape: TensorShape(fixed: [1, 3, 224, 224]))
      ],
      outputs: [
        NetworkPort(name: "scores", elementType: .float32, shape: TensorShape(fixed: [1, 1000]))
      ], layers: [], edges: [], stages: [], operatorCounts: [], parameterCount: 0,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: ["17"], producer: "sketch", fileByteCount: 0,
        externalData: false), notes: [])
  }

  /// Adds a layer that reads `sources`, which stand in for the input where there are none.
  @discardableResult
  private mutating func add(
    _ name: String, _ neurons: Int, side: Int?, kernel: Int = 1, from sources: [Int],
    through: [String] = []
  ) -> Int {
    let index = network.layers.count
    network.layers.append(
      Layer(
        id: LayerID(index), name: name, operatorName: side == nil ? "Gemm" : "Conv",
        kind: side == nil ? .dense : .convolution, neuronCount: neurons,
        outputTensor: "\(name)/out",
        outputShape: TensorShape(fixed: side.map { [1, neurons, $0, $0] } ?? [1, neurons]),
        channelAxis: 1, activation: side == nil ? nil : "Relu", hasBatchNormalization: false,
        kernel: side.map { _ in
          KernelGeometry(
            size: [kernel, kernel], strides: [1, 1], dilations: [1, 1],
            padsBefore: [kernel / 2, kernel / 2], padsAfter: [kernel / 2, kernel / 2], groups: 1)
        }, parameterCount: neurons * kernel * kernel, receptiveField: nil))
    network.edges += (sources.isEmpty ? [.input(0)] : sources.map { .layer(LayerID($0)) }).map {
      LayerEdge(source: $0, target: .layer(LayerID(index)), through: through, routes: [])
    }
    block.append(LayerID(index))
    return index
  }

  /// Puts the layers added since the last block into one.
  private mutating func endBlock(_ name: String) {
    guard let last = network.stages.indices.last, !block.isEmpty else { return }
    network.stages[last].blocks.append(LayerBlock(name: name, layers: block))
    block = []
  }

  private mutating func beginStage(_ name: String, _ side: Int?) {
    network.stages.append(
      LayerStage(name: name, spatialSize: side.map { [$0, $0] }, blocks: []))
  }

  /// Adds a layer that is a block of its own.
  @discardableResult
  private mutating func addAlone(
    _ name: String, _ neurons: Int, side: Int?, kernel: Int = 1, from sources: [Int],
    through: [String] = []
  ) -> Int {
    let index = add(name, neurons, side: side, kernel: kernel, from: sources, through: through)
    endBlock(name)
    return index
  }

  private mutating func finish(from sources: [Int]) -> Network {
    beginStage("head", nil)
    let last = addAlone("classifier", 1000, side: nil, from: sources, through: ["AveragePool"])
    network.edges.append(
      LayerEdge(source: .layer(LayerID(last)), target: .output(0), through: [], routes: []))
    return network
  }

  /// Nine modules of four branches each. C. Szegedy et al., "Going Deeper with Convolutions", CVPR
  /// 2015, doi:10.1109/CVPR.2015.7298594, table 1.
  static func inception() -> Network {
    var sketch = SketchedNetwork("inception.onnx")
    sketch.beginStage("stem", 112)
    let stem = sketch.addAlone("conv1", 64, side: 112, kernel: 7, from: [])
    sketch.beginStage("conv2", 56)
    let reduce = sketch.add("conv2/reduce", 64, side: 56, from: [stem], through: ["MaxPool"])
    let second = sketch.add("conv2/3x3", 192, side: 56, kernel: 3, from: [reduce])
    sketch.endBlock("conv2")
    var open = [second]
    for (stage, names, side) in [(3, "ab", 28), (4, "abcde", 14), (5, "ab", 7)] {
      sketch.beginStage("stage \(stage)", side)
      for name in names {
        open = sketch.module("inception_\(stage)\(name)", side: side, from: open)
      }
    }
    return sketch.finish(from: open)
  }

  private mutating func module(_ name: String, side: Int, from sources: [Int]) -> [Int] {
    let through = sources.count > 1 ? ["Concat"] : ["MaxPool"]
    let one = add("\(name)/1x1", 64, side: side, from: sources, through: through)
    let three = add("\(name)/3x3_reduce", 96, side: side, from: sources, through: through)
    let wide = add("\(name)/3x3", 128, side: side, kernel: 3, from: [three])
    let five = add("\(name)/5x5_reduce", 16, side: side, from: sources, through: through)
    let widest = add("\(name)/5x5", 32, side: side, kernel: 5, from: [five])
    let pool = add(
      "\(name)/pool_proj", 32, side: side, from: sources, through: through + ["MaxPool"])
    endBlock(name)
    return [one, wide, widest, pool]
  }

  /// Four dense blocks of 6, 12, 24 and 16 pairs of layers, each fed by all before it in its block.
  /// G. Huang et al., "Densely Connected Convolutional Networks", CVPR 2017,
  /// doi:10.1109/CVPR.2017.243, table 1.
  static func denseNet() -> Network {
    var sketch = SketchedNetwork("densenet.onnx")
    sketch.beginStage("stem", 112)
    var open = [sketch.addAlone("conv1", 64, side: 112, kernel: 7, from: [])]
    for (place, (count, side)) in [(6, 56), (12, 28), (24, 14), (16, 7)].enumerated() {
      let name = "conv\(place + 2)"
      sketch.beginStage("stage \(place + 2)", side)
      for pair in 1...count {
        let through = open.count > 1 ? ["Concat"] : ["MaxPool"]
        let narrow = sketch.add(
          "\(name)_\(pair)/x1", 128, side: side, from: open, through: through)
        open.append(sketch.add("\(name)_\(pair)/x2", 32, side: side, kernel: 3, from: [narrow]))
        sketch.endBlock("\(name)_\(pair)")
      }
      guard place < 3 else { break }
      open = [
        sketch.addAlone("\(name)_blk", 128, side: side, from: open, through: ["Concat"])
      ]
    }
    return sketch.finish(from: open)
  }
}
