import Analysis
import Atlases
import Networks
import Tensors

/// A network of four layers in good health, on 4 classes of 40 images: the ground that single
/// illnesses are planted on.
///
/// Neuron *n* prefers class *n* mod 4 and belongs to cluster *n* mod 4; two images of every class
/// are taken for the next one.
enum HealthyAtlas {
  static let classes = ["cat", "dog", "frog", "ship"]
  static let perClass = 40
  static let sizes = [8, 16, 16, 4]
  static let names = ["conv1", "conv2", "fc1", "fc2"]

  static func make() -> Atlas {
    Atlas(
      provenance: provenance, network: network, layers: sizes.indices.map(layer),
      dataset: DatasetIndex(
        name: "planted", form: "class folders", classes: classes,
        imageNames: (0..<classes.count * perClass).map { "\($0).png" },
        labels: classes.indices.flatMap { Array(repeating: $0, count: perClass) }),
      classification: classification(right: perClass - 2))
  }

  /// `right` images of every class recognised, the others taken for the next class.
  static func classification(right: Int, confidence: Float = 0.9) -> ClassificationResult {
    let count = classes.count
    var confusion = Array(repeating: 0, count: count * (count + 1))
    var predictions: [ImagePrediction?] = []
    for label in 0..<count {
      for number in 0..<perClass {
        let answer = number < right ? label : (label + 1) % count
        confusion[label * (count + 1) + answer] += 1
        predictions.append(
          ImagePrediction(
            output: Int32(answer), confidence: number < right ? 0.92 : confidence,
            rankOfTruth: answer == label ? 0 : 1))
      }
    }
    return ClassificationResult(
      outputOfClass: Array(0..<count), outputCount: count, top1Count: right * count,
      top5Count: count * perClass, labeledCount: count * perClass, confusion: confusion,
      predictions: predictions)
  }

  private static func layer(_ index: Int) -> LayerAtlas {
    let neurons = sizes[index]
    let matrix = { (preferred: Float, other: Float) in
      Matrix(
        rowCount: neurons, columnCount: classes.count,
        values: (0..<neurons).flatMap { neuron in
          classes.indices.map { $0 == neuron % classes.count ? preferred : other }
        })
    }
    return LayerAtlas(
      layer: LayerID(index),
      statistics: ActivationStatistics(
        imageCount: classes.count * perClass,
        classCounts: Array(repeating: perClass, count: classes.count),
        meanOfMean: matrix(1, 0.25), meanOfMax: matrix(3, 1),
        secondMomentOfMean: matrix(1.25, 0.125), secondMomentOfMax: matrix(10, 1.5),
        firingShare: matrix(1, 0.75),
        topPatches: (0..<neurons).map {
          [TopPatch(image: Int32($0 % classes.count * perClass), y: 0, x: 0, value: 6)]
        }, classBest: Array(repeating: nil, count: neurons * classes.count),
        health: Array(
          repeating: NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0),
          count: neurons)),
      similarity: NeuronSimilarity(imageCount: classes.count * perClass, pairs: []),
      clustering: Clustering(
        labels: (0..<neurons).map { $0 % classes.count }, clusterCount: classes.count,
        silhouette: 0.8, method: "planted"),
      clusterOrder: Array(classes.indices),
      weightStatistics: WeightStatistics(
        count: 100, minimum: -1, maximum: 1, mean: 0, standardDeviation: 0.1, zeroShare: 0,
        nonFiniteCount: 0))
  }

  private static var network: Network {
    let layers = sizes.indices.map { index in
      Layer(
        id: LayerID(index), name: names[index], operatorName: index < 2 ? "Conv" : "Gemm",
        kind: index < 2 ? .convolution : .dense, neuronCount: sizes[index],
        outputTensor: "t\(index)", outputShape: nil, channelAxis: 1,
        activation: index < 3 ? "Relu" : nil, hasBatchNormalization: false, kernel: nil,
        parameterCount: 100, receptiveField: nil)
    }
    let ends: [LayerEndpoint] =
      [.input(0)] + layers.map { .layer($0.id) } + [.output(0)]
    return Network(
      name: "healthy.onnx", inputs: [], outputs: [], layers: layers,
      edges: zip(ends, ends.dropFirst()).map {
        LayerEdge(source: $0, target: $1, through: [], routes: [])
      },
      stages: [
        LayerStage(
          name: "all", spatialSize: nil,
          blocks: [LayerBlock(name: "all", layers: layers.map(\.id))])
      ], operatorCounts: [], parameterCount: 400,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: ["17"], producer: "planted", fileByteCount: 10,
        externalData: false), notes: [])
  }

  static func trial(_ name: String, _ top1: Double) -> PreprocessingTrial {
    PreprocessingTrial(
      preprocessing: Preprocessing(
        height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255, mean: [0, 0, 0],
        standardDeviation: [1, 1, 1], resize: .stretch), name: name, top1: top1, imageCount: 160)
  }

  private static var provenance: Provenance {
    Provenance(
      modelHash: "m", datasetHash: "d",
      preprocessing: PreprocessingChoice(
        chosen: trial("0…1", 0.95), evidence: .verified, runnersUp: [trial("−1…1", 0.96)],
        reason: "best"), outputNames: classes, outputNamesEvidence: .verified, seed: 1,
      analyzedImageCount: 160, plannedImageCount: 160, unreadableImages: [],
      unreadableImageCount: 0, engine: "planted", convscopeVersion: "0",
      shard: ShardNumber(index: 1, count: 1))
  }
}

extension Atlas {
  /// This atlas after `change`.
  func with(_ change: (inout Atlas) -> Void) -> Atlas {
    var result = self
    change(&result)
    return result
  }

  /// With the health of the first `count` neurons of a layer changed.
  func withHealth(
    layer: Int, first count: Int, _ change: @escaping (inout NeuronHealth) -> Void
  ) -> Atlas {
    with { atlas in
      for neuron in 0..<count {
        if var health = atlas.layers[layer].statistics?.health[neuron] {
          change(&health)
          atlas.layers[layer].statistics?.health[neuron] = health
        }
      }
    }
  }
}
