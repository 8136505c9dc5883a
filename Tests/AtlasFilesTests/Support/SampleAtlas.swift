import Analysis
import Atlases
import Networks
import Tensors

/// A small atlas with every part filled, planted from a seed.
struct SampleAtlas {
  let atlas: Atlas

  init(seed: UInt64 = 1) {
    var random = SeededGenerator(seed: seed)
    let layers = [Self.layer(0, "stem", neurons: 4), Self.layer(1, "classifier", neurons: 3)]
    let network = Network(
      name: "sample.onnx",
      inputs: [NetworkPort(name: "x", elementType: .float32, shape: nil)],
      outputs: [
        NetworkPort(
          name: "y", elementType: .float32,
          shape: TensorShape([.symbolic("batch"), .fixed(3)]))
      ],
      layers: layers,
      edges: [
        LayerEdge(source: .input(0), target: .layer(LayerID(0)), through: [], routes: []),
        LayerEdge(
          source: .layer(LayerID(0)), target: .layer(LayerID(1)), through: ["Flatten"],
          routes: [ChannelRoute(sourceStart: 0, targetStart: 0, count: 4, spatialCount: 9)]),
      ],
      stages: [
        LayerStage(
          name: "all", spatialSize: nil,
          blocks: [LayerBlock(name: "all", layers: layers.map(\.id))])
      ],
      operatorCounts: [OperatorCount(name: "Conv", count: 1)], parameterCount: 100,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: ["17"], producer: "test", fileByteCount: 10,
        externalData: false),
      notes: [])
    let dataset = DatasetIndex(
      name: "sample", form: "class folders", classes: ["a", "b"],
      imageNames: ["a/1.png", "a/2.png", "b/1.png"], labels: [0, 0, 1])
    atlas = Atlas(
      provenance: Self.provenance, network: network,
      layers: layers.map { Self.layerAtlas($0, &random) }, dataset: dataset,
      classification: ClassificationResult(
        outputOfClass: [2, nil], outputCount: 3, top1Count: 1, top5Count: 2, labeledCount: 3,
        confusion: [1, 0, 1, 0, 0, 1],
        predictions: [
          ImagePrediction(output: 2, confidence: 0.9, rankOfTruth: 0), nil,
          ImagePrediction(output: 0, confidence: 0.4, rankOfTruth: -1),
        ]))
  }

  private static var provenance: Provenance {
    Provenance(
      modelHash: "ab", datasetHash: "cd", preprocessing: nil, outputNames: ["p", "q", "r"],
      outputNamesEvidence: .read, seed: 7, analyzedImageCount: 2, plannedImageCount: 3,
      unreadableImages: ["a/2.png: not an image"], unreadableImageCount: 1, engine: "test",
      convscopeVersion: "0", shard: ShardNumber(index: 1, count: 1))
  }

  private static func layer(_ index: Int, _ name: String, neurons: Int) -> Layer {
    Layer(
      id: LayerID(index), name: name, operatorName: "Conv", kind: .convolution,
      neuronCount: neurons, outputTensor: "t\(index)", outputShape: nil, channelAxis: 1,
      activation: "Relu", hasBatchNormalization: false, kernel: nil, parameterCount: 10,
      receptiveField: .pixel)
  }

  private static func layerAtlas(_ layer: Layer, _ random: inout SeededGenerator) -> LayerAtlas {
    let neurons = layer.neuronCount
    func matrix(_ columns: Int) -> Matrix {
      Matrix(
        rowCount: neurons, columnCount: columns,
        values: (0..<neurons * columns).map { _ in Float.random(in: 0...1, using: &random) })
    }
    let patch = TopPatch(image: 2, y: 1, x: 0, value: 3.5)
    var labels = (0..<neurons).map { $0 % 2 }
    labels[0] = -1
    return LayerAtlas(
      layer: layer.id,
      statistics: ActivationStatistics(
        imageCount: 2, classCounts: [1, 1], meanOfMean: matrix(2), meanOfMax: matrix(2),
        secondMomentOfMean: matrix(2), secondMomentOfMax: matrix(2), firingShare: matrix(2),
        topPatches: (0..<neurons).map { Array(repeating: patch, count: $0 % 3) },
        classBest: (0..<neurons * 2).map { $0 % 2 == 0 ? patch : nil },
        health: (0..<neurons).map {
          NeuronHealth(isDead: $0 == 0, isSaturated: $0 == 1, nonFiniteCount: $0)
        }),
      similarity: NeuronSimilarity(
        imageCount: 2,
        pairs: [NeuronPair(first: 0, second: 2, cosine: -0.97, mapCosine: -0.96)]),
      clustering: Clustering(
        labels: labels, clusterCount: 2, silhouette: 0.25, method: "planted"),
      clusterOrder: [1, 0, -1],
      rowOrder: SeriationResult(
        order: Permutation(identity: neurons), pathLength: 1.5, lowerBound: 1.25),
      columnOrder: SeriationResult(
        order: Permutation(identity: 2), pathLength: 1, lowerBound: nil),
      kernel: KernelStack(
        shape: [neurons, 1, 2, 2], values: (0..<neurons * 4).map { Float($0) }),
      connections: layer.id.index == 0
        ? []
        : [
          Connection(
            source: .layer(LayerID(0)), strength: matrix(4), through: ["Flatten"],
            influence: ConnectionInfluence(
              basis: .ownPart, imageCount: 200,
              excitatory: Matrix(rowCount: neurons, columnCount: 4, repeating: 0.5),
              inhibitory: Matrix(rowCount: neurons, columnCount: 4, repeating: 0)))
        ],
      weightStatistics: WeightStatistics(
        count: 16, minimum: -1, maximum: .infinity, mean: .nan, standardDeviation: 1,
        zeroShare: 0, nonFiniteCount: 2),
      contributions: layer.id.index == 0
        ? nil
        : LayerContributions(
          replacement: .mean, score: .logit, classCounts: [2, 1], accuracyBefore: [0.5, 1],
          entries: [
            Contribution(
              neurons: [0, 2], scoreChange: [-1, 0.5], scoreError: [0.25, 0],
              accuracyChange: [-0.5, 0], accuracyError: [0.1, 0]),
            Contribution(
              neurons: [], scoreChange: [0, 0], scoreError: [0, 0], accuracyChange: [0, 0],
              accuracyError: [0, 0]),
          ]))
  }
}
