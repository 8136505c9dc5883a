import Atlases
import Comparison
import Networks

/// What `compare --json` prints; version 1.
struct ComparisonJSON: Encodable {
  struct Layer: Encodable {
    var first: String
    var second: String
    var weightChange: Double?
    var weightCosine: Double?
    var activationChange: Double?
    var classAlignment: Double?
    /// Unbiased linear alignment image by image, and the images it rests on.
    var imageAlignment: Double?
    var alignedImages: Int?
    var clusterAgreement: Double?
    /// Clusters that share neurons, most first.
    var clusters: [Cluster]
    var deadFirst: Int?
    var deadSecond: Int?
  }

  struct Cluster: Encodable {
    /// Letters.
    var first: String
    var second: String
    var neuronsFirst: Int
    var neuronsSecond: Int
    var neuronsShared: Int

    init(_ match: ClusterMatch) {
      (first, second, neuronsShared) = (match.first, match.second, match.sharedCount)
      (neuronsFirst, neuronsSecond) = (match.firstCount, match.secondCount)
    }
  }

  struct Class: Encodable {
    var name: String
    var images: Int
    var rightFirst: Int
    var rightSecond: Int
  }

  struct Predictions: Encodable {
    var images: Int
    var bothRight: Int
    var bothWrong: Int
    var onlyFirst: [String]
    var onlySecond: [String]
    var chance: Double
    var classes: [Class]
  }

  /// What one of the two rests on.
  struct Facts: Encodable {
    var parameters: Int
    /// Images that ran; 0 for structure and weights alone.
    var images: Int
    var data: String?
    var top1: Double?
    var preprocessing: CheckJSON.Feeding?

    init(_ atlas: Atlas) {
      parameters = atlas.network.parameterCount
      images = atlas.provenance.analyzedImageCount
      data = atlas.dataset?.name
      top1 = atlas.classification?.top1
      preprocessing = atlas.provenance.preprocessing.map(CheckJSON.Feeding.init)
    }
  }

  var version = 1
  var first: String
  var second: String
  var firstFacts: Facts
  var secondFacts: Facts
  /// Whether both ran on the very same images, and whether these were fed alike.
  var sameImages: Bool
  var fedAlike: Bool?
  var removed: [String]
  var added: [String]
  var layers: [Layer]
  var predictions: Predictions?

  init(_ first: Atlas, _ second: Atlas, _ comparison: AtlasComparison) {
    self.first = first.network.name
    self.second = second.network.name
    (firstFacts, secondFacts) = (Facts(first), Facts(second))
    sameImages = comparison.basis.images == .same
    fedAlike = comparison.basis.areFedAlike
    removed = comparison.removed.map { first.network.layers[$0.index].name }
    added = comparison.added.map { second.network.layers[$0.index].name }
    layers = comparison.layers.map { layer in
      Layer(
        first: first.network.layers[layer.first.index].name,
        second: second.network.layers[layer.second.index].name,
        weightChange: layer.weightChange, weightCosine: layer.weightCosine,
        activationChange: layer.activationChange, classAlignment: layer.classAlignment,
        imageAlignment: layer.imageAlignment?.value,
        alignedImages: layer.imageAlignment?.imageCount,
        clusterAgreement: layer.clusterAgreement,
        clusters: layer.clusterMatches.map(Cluster.init), deadFirst: layer.deadCounts?.first,
        deadSecond: layer.deadCounts?.second)
    }
    predictions = comparison.predictions.map { found in
      let names = first.dataset?.imageNames ?? []
      return Predictions(
        images: found.imageCount, bothRight: found.bothRight, bothWrong: found.bothWrong,
        onlyFirst: found.onlyFirst.map { names[$0] },
        onlySecond: found.onlySecond.map { names[$0] }, chance: found.chance,
        classes: found.classes.map { item in
          Class(
            name: item.name, images: item.first.count, rightFirst: item.first.correct,
            rightSecond: item.second.correct)
        })
    }
  }
}
