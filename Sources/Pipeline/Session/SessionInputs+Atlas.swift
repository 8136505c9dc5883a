import Atlases
import ModelFiles
import Networks

extension SessionInputs {
  /// What an atlas rests on, opened and fed as they were for it, without looking for anything.
  ///
  /// Fails unless model and images are the same, byte for byte and name for name, as those
  /// analysed. What else the atlas says is only taken where it fits them: an atlas may come from
  /// anywhere.
  ///
  /// - Parameter request: Where model and images are; its seed, limit and shard become those of
  ///   the atlas.
  /// - Complexity: O(bytes of the model + images listed); reads no image.
  init(of atlas: Atlas, _ request: AnalysisRequest) throws(SessionError) {
    let model = try openModel(request.modelPath)
    let facts = atlas.provenance
    let modelHash = model.contentHash()
    guard modelHash == facts.modelHash else {
      throw .otherFiles(reason: "“\(request.modelPath)” is not the model of this atlas")
    }
    let dataset = try Self.openDataset(request.dataPath)
    let datasetHash = dataset.fingerprint()
    guard datasetHash == facts.datasetHash else {
      throw .otherFiles(reason: "“\(request.dataPath)” does not hold the images of this atlas")
    }
    guard let choice = facts.preprocessing, choice.chosen.preprocessing.isUsable,
      case .image(let image, let output) = model.analysisInput,
      model.network.layers.map(\.neuronCount) == atlas.network.layers.map(\.neuronCount)
    else { throw .otherFiles(reason: "the atlas does not say how its images were fed") }
    self.request = request.seen(as: facts, imageCount: dataset.index.count)
    self.model = model
    (self.image, self.output) = (image, output)
    self.dataset = dataset
    index = dataset.index
    engine = try Self.loadEngine()
    decision = InputDecision(
      choice: choice, mapping: atlas.classification.flatMap { $0.mapping(dataset.index) },
      outputNames: facts.outputNames, outputNamesEvidence: facts.outputNamesEvidence)
    (self.modelHash, self.datasetHash) = (modelHash, datasetHash)
    begun = BegunAnalysis(nil)
  }
}

extension AnalysisRequest {
  /// The same with the images that an atlas of them was made of.
  fileprivate func seen(as facts: Provenance, imageCount: Int) -> AnalysisRequest {
    var request = self
    request.seed = facts.seed
    let shard = facts.shard
    if shard.count > 1, shard.count <= imageCount, (1...shard.count).contains(shard.index) {
      (request.shardIndex, request.shardCount) = (shard.index, shard.count)
    } else if (1..<max(1, imageCount)).contains(facts.plannedImageCount) {
      request.limit = facts.plannedImageCount
    }
    return request
  }
}

extension ClassificationResult {
  /// Which output stands for which class; nil unless it fits the classes of the images.
  fileprivate func mapping(_ index: DatasetIndex) -> ClassMapping? {
    guard outputOfClass.count == index.classes.count,
      outputOfClass.allSatisfy({ $0.map { (0..<outputCount).contains($0) } ?? true })
    else { return nil }
    return ClassMapping(
      name: "as analysed", outputs: outputOfClass, backgroundOffset: 0, evidence: .read)
  }
}

extension Preprocessing {
  /// Whether sizes and lengths are such that images can be fed so.
  var isUsable: Bool {
    mean.count == channelCount && standardDeviation.count == channelCount
      && (1...16_384).contains(height) && (1...16_384).contains(width)
  }
}
