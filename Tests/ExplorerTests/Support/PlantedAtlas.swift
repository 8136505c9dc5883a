import Analysis
import Atlases
import Networks
import Tensors

/// An atlas whose clusters, classes and connections are known.
///
/// Neuron *n* of a layer belongs to cluster *n* mod *k* and fires for the classes that leave
/// the same remainder; the last neuron of `mix.expand` is dead.
enum PlantedAtlas {
  static let imagesPerClass = 20
  static let deadNeuron = (layer: 5, neuron: 11)

  /// - Parameter images: Images analysed of 200.
  static func make(images: Int = 200, seed: UInt64 = 1) -> Atlas {
    var random = SeededGenerator(seed: seed)
    let network = PlantedNetwork.make()
    return Atlas(
      provenance: provenance(images: images), network: network,
      layers: network.layers.map { layer($0, images: images, using: &random) },
      dataset: dataset(), classification: PlantedResults.make())
  }

  /// The same network before any image ran, without data.
  static func structureOnly() -> Atlas {
    var atlas = make()
    atlas.dataset = nil
    atlas.classification = nil
    atlas.provenance = provenance(images: 0)
    atlas.provenance.plannedImageCount = 0
    for index in atlas.layers.indices {
      atlas.layers[index].statistics = nil
      atlas.layers[index].similarity = nil
      atlas.layers[index].clustering = nil
      atlas.layers[index].clusterOrder = []
      atlas.layers[index].rowOrder = nil
      atlas.layers[index].columnOrder = nil
    }
    return atlas
  }

  static func clusterCount(_ layer: Int) -> Int { [2, 2, 3, 4, 3, 4, 5, 5][layer] }

  static func dataset() -> DatasetIndex {
    let classes = PlantedNetwork.classes
    return DatasetIndex(
      name: "planted/test", form: "class folders", classes: classes,
      imageNames: classes.flatMap { name in (0..<imagesPerClass).map { "\(name)/\($0).png" } },
      labels: classes.indices.flatMap { Array(repeating: $0, count: imagesPerClass) })
  }

  private static func provenance(images: Int) -> Provenance {
    let trial = { (order: ColorOrder, name: String, top1: Double) in
      PreprocessingTrial(
        preprocessing: Preprocessing(
          height: 32, width: 32, colorOrder: order, layout: .nchw, scale: 1 / 255,
          mean: [0.5, 0.5, 0.5], standardDeviation: [0.25, 0.25, 0.25], resize: .stretch),
        name: name, top1: top1, imageCount: 200)
    }
    return Provenance(
      modelHash: "", datasetHash: "",
      preprocessing: PreprocessingChoice(
        chosen: trial(.rgb, "0…1, RGB", 0.93), evidence: .verified,
        runnersUp: [trial(.bgr, "0…1, BGR", 0.71), trial(.rgb, "0…255, RGB", 0.1)],
        reason: "best of 3 on 200 labelled images"), outputNames: PlantedNetwork.classes,
      outputNamesEvidence: .verified, seed: 1, analyzedImageCount: images,
      plannedImageCount: 200, unreadableImages: ["cat/broken.png: not a PNG file"],
      unreadableImageCount: 1, engine: "planted engine", convscopeVersion: "0.1",
      shard: ShardNumber(index: 1, count: 1))
  }

  private static func layer(
    _ layer: Layer, images: Int, using random: inout SeededGenerator
  ) -> LayerAtlas {
    let index = layer.id.index
    let count = layer.neuronCount
    let clusters = clusterCount(index)
    let labels = (0..<count).map { isDead(index, $0) ? -1 : $0 % clusters }
    let order = (0..<count).sorted {
      (labels[$0] < 0 ? clusters : labels[$0], $0) < (labels[$1] < 0 ? clusters : labels[$1], $1)
    }
    let kernel = PlantedWeights.kernel(index, using: &random)
    return LayerAtlas(
      layer: layer.id,
      statistics: PlantedStatistics.make(layer, labels, clusters, images: images, using: &random),
      similarity: NeuronSimilarity(imageCount: images, pairs: similarPairs(index)),
      clustering: Clustering(
        labels: labels, clusterCount: clusters, silhouette: 0.62,
        method: "k-means on class profiles (cosine), k = \(clusters), seed 1"),
      clusterOrder: Array(0..<clusters) + (labels.contains(-1) ? [-1] : []),
      rowOrder: seriation(order, length: 12.3, bound: 11.9),
      columnOrder: seriation([8, 0, 1, 9, 2, 6, 4, 7, 3, 5], length: 3.4, bound: 3.4),
      kernel: kernel, connections: PlantedWeights.connections(index, kernel),
      weightStatistics: PlantedWeights.statistics(kernel))
  }

  /// In `reduce`, 6 doubles 2, and 7 moves with 3 elsewhere in the map.
  private static func similarPairs(_ layer: Int) -> [NeuronPair] {
    guard layer == 3 else { return [] }
    return [
      NeuronPair(first: 2, second: 6, cosine: 0.97, mapCosine: 0.96),
      NeuronPair(first: 3, second: 7, cosine: 0.98, mapCosine: 0.41),
    ]
  }

  static func isDead(_ layer: Int, _ neuron: Int) -> Bool {
    layer == deadNeuron.layer && neuron == deadNeuron.neuron
  }

  private static func seriation(_ order: [Int], length: Double, bound: Double) -> SeriationResult? {
    Permutation(order).map {
      SeriationResult(order: $0, pathLength: length, lowerBound: bound)
    }
  }
}
