import Analysis
import Atlases
import FoundationEssentials
import Inference
import ModelFiles
import Networks

/// Everything an analysis rests on, opened and checked.
struct SessionInputs {
  let request: AnalysisRequest
  let model: ModelFile
  let image: ImageInput
  let output: Networks.ClassifierOutput
  let dataset: ImageDataset
  /// The data set's index, class names overridden where the user gave a file.
  let index: DatasetIndex
  let engine: RuntimeEngine
  var decision: InputDecision
  let modelHash: String
  let datasetHash: String
  /// What the search for preprocessing began of the analysis.
  let begun: BegunAnalysis

  /// - Parameters:
  ///   - isAnalyzing: Whether an analysis follows, so that the search may begin it.
  ///   - stop: Ends it while the preprocessing is looked for.
  ///   - phase: Told what is being done, for steps that may take a while.
  init(
    _ request: AnalysisRequest, model: ModelFile, isAnalyzing: Bool, stop: SearchStop,
    phase: @Sendable (String) -> Void
  ) throws(SessionError) {
    self.request = request
    self.model = model
    switch model.analysisInput {
    case .image(let image, let output): (self.image, self.output) = (image, output)
    case .unavailable(let reason):
      throw .cannotAnalyze(model: request.modelPath, reason: reason)
    }
    phase("listing the images")
    dataset = try Self.openDataset(request.dataPath)
    index = try Self.index(of: dataset, request)
    guard index.count > 0 else { throw .noImages(path: request.dataPath) }
    engine = try Self.loadEngine()
    phase("reading the model")
    modelHash = model.contentHash()
    datasetHash = dataset.fingerprint()
    let decider = InputDecider(
      request: request, model: model, image: image, output: output, dataset: dataset,
      index: index, engine: engine,
      memory: Self.memory(request, modelHash, datasetHash, index), stop: stop)
    let analysis: ImageAnalysis?
    (decision, analysis) = try decider.decide(isAnalyzing: isAnalyzing, phase: phase)
    begun = BegunAnalysis(analysis)
  }

  /// The same images, fed in the same way, for another model of the same network.
  ///
  /// - Parameter begun: What is done of the analysis of this model.
  init(
    _ request: AnalysisRequest, model: ModelFile, sharing other: SessionInputs,
    begun: ImageAnalysis? = nil
  ) {
    self.request = request
    self.model = model
    if case .image(let image, let output) = model.analysisInput {
      (self.image, self.output) = (image, output)
    } else {
      (image, output) = (other.image, other.output)
    }
    (dataset, index, engine, decision) = (
      other.dataset, other.index, other.engine, other.decision
    )
    modelHash = model.contentHash()
    datasetHash = other.datasetHash
    self.begun = BegunAnalysis(begun)
  }

  /// Whether another's images become the same numbers, and count for the same outputs.
  func feedsAlike(_ other: SessionInputs) -> Bool {
    decision.choice.chosen.preprocessing == other.decision.choice.chosen.preprocessing
      && decision.outputOfClass == other.decision.outputOfClass
  }

  /// The same, saying that the preprocessing was looked for on a checkpoint of a run.
  func found(on checkpoint: String) -> SessionInputs {
    var inputs = self
    if decision.choice.evidence != .read { inputs.decision.choice.checkpoint = checkpoint }
    return inputs
  }

  /// The analysis that the search for preprocessing began, in the way that was decided on; once, as it
  /// holds a session of the engine.
  func takeBegun() -> ImageAnalysis? { begun.take() }

  /// Structure with provenance and data set, no activations.
  var structure: Atlas {
    var atlas = structureAtlas(of: model)
    atlas.dataset = index
    atlas.dataset?.classes = displayedClasses
    atlas.provenance.modelHash = modelHash
    atlas.provenance.datasetHash = datasetHash
    atlas.provenance.preprocessing = decision.choice
    atlas.provenance.outputNames = decision.outputNames
    atlas.provenance.outputNamesEvidence = decision.outputNamesEvidence
    atlas.provenance.seed = request.seed
    atlas.provenance.plannedImageCount = order.images.count
    atlas.provenance.shard = ShardNumber(index: request.shardIndex, count: request.shardCount)
    return atlas
  }

  /// Class names, where they are bare WordNet ids as the outputs they stand for are called.
  private var displayedClasses: [String] {
    index.classes.enumerated().map { place, name in
      guard name.utf8.count == 9, name.first == "n", name.dropFirst().allSatisfy(\.isNumber),
        let output = decision.outputOfClass?[place],
        decision.outputNames.indices.contains(output), !decision.outputNames[output].isEmpty
      else { return name }
      return decision.outputNames[output]
    }
  }

  /// The images to visit, in order.
  var order: BalancedOrder { request.order(of: index) }

  var plan: AnalysisPlan {
    AnalysisPlan(
      request, model, output, index, fed: decision.choice.chosen.preprocessing,
      outputOfClass: decision.outputOfClass)
  }

  /// Ready to run what is left after `start`.
  ///
  /// - Parameter begun: What the search for preprocessing began; gone on with unless more is done in
  ///   `start`.
  func analysis(
    from start: AnalysisResult?, or begun: ImageAnalysis? = nil
  ) throws(SessionError) -> ImageAnalysis {
    if let begun, begun.visitedCount >= start?.visited.count ?? 0 { return begun }
    do throws(AnalysisError) {
      return try ImageAnalysis(
        plan, images: DatasetImages(dataset, decision.choice.chosen.preprocessing),
        engine: engine, from: start)
    } catch {
      throw .analysis(error)
    }
  }

  /// The atlas of a result; nil when cancelled.
  func atlas(
    of result: AnalysisResult, _ builder: AtlasBuilder, engine: String,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Atlas? {
    builder.build(result.summaries, isCancelled: isCancelled)
      .map { atlas(of: result, layers: $0, builder, engine: engine) }
  }

  /// The atlas of a result whose layers are worked out.
  func atlas(
    of result: AnalysisResult, layers: [LayerAtlas], _ builder: AtlasBuilder, engine: String
  ) -> Atlas {
    var atlas = builder.base
    atlas.layers = layers
    atlas.classification = result.classification
    atlas.provenance.analyzedImageCount = result.imageCount
    atlas.provenance.unreadableImages = result.unreadable.first.map(\.reason)
    atlas.provenance.unreadableImageCount = result.unreadable.count
    atlas.provenance.engine = engine
    return atlas
  }

  private static func memory(
    _ request: AnalysisRequest, _ modelHash: String, _ datasetHash: String,
    _ index: DatasetIndex
  ) -> DecisionMemory? {
    guard request.usesCache, !request.ignoresCached,
      let folder = CacheFolder(environment: ProcessInfo.processInfo.environment)
    else { return nil }
    let classes = index.classes.joined(separator: "\u{1}")
    return DecisionMemory(
      folder: folder,
      key: AnalysisKey(parts: [
        ConvscopeVersion.current, modelHash, datasetHash, classes, "\(request.seed)",
      ]))
  }

  static func openDataset(_ path: String) throws(SessionError) -> ImageDataset {
    do throws(DatasetError) {
      return try ImageDataset.open(path: path)
    } catch {
      throw .dataset(error)
    }
  }

  private static func index(
    of dataset: ImageDataset, _ request: AnalysisRequest
  ) throws(SessionError) -> DatasetIndex {
    var index = dataset.index
    guard let path = request.classesFile else { return index }
    do throws(DatasetError) {
      let names = try OutputLabels.read(path).names
      if names.count >= index.classes.count {
        index.classes = Array(names.prefix(max(index.classes.count, 1)))
      }
      return index
    } catch {
      throw .dataset(error)
    }
  }

  static func loadEngine() throws(SessionError) -> RuntimeEngine {
    do throws(InferenceError) {
      return try RuntimeEngine.load()
    } catch {
      throw .engine(error)
    }
  }
}

extension Preprocessing {
  /// Lengths of the axes of one image as the network takes it, batch left out.
  var imageShape: [Int] {
    let sides = [height, width]
    return layout == .nchw ? [channelCount] + sides : sides + [channelCount]
  }
}
