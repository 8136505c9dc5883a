import Inference
import ModelFiles
import Networks
import Tensors

/// Settles preprocessing and class order: as given, as remembered, or by trying.
struct InputDecider {
  let request: AnalysisRequest
  let model: ModelFile
  let image: ImageInput
  let output: Networks.ClassifierOutput
  let dataset: ImageDataset
  let index: DatasetIndex
  let engine: RuntimeEngine
  /// Where a decision for the same model and images is remembered; nil to remember nothing.
  let memory: DecisionMemory?
  let stop: SearchStop

  /// Images whose size is looked at before candidates are made.
  private static let sampleCount = 8

  /// - Parameters:
  ///   - isAnalyzing: Whether an analysis follows.
  ///   - phase: Told before the trials, which take a few seconds.
  /// - Returns: With the analysis as far as the trials ran it; nil where they did not.
  func decide(
    isAnalyzing: Bool, phase: @Sendable (String) -> Void
  ) throws(SessionError) -> (InputDecision, ImageAnalysis?) {
    let given = try givenChoice()
    if given == nil, let remembered = memory?.decision() { return (remembered, nil) }
    try stop.check()
    phase("looking for the preprocessing")
    let candidates = given.map { [$0.chosen] } ?? self.candidates()
    var leading = isAnalyzing ? leadingAnalysis(candidates[0].preprocessing) : nil
    let session =
      if let leading { leading.session } else { try openSession() }
    stop.watch(session)
    defer { stop.release() }
    let evaluator = OutputEvaluator(
      session, dataset: dataset, input: image, outputName: output.name,
      threadCount: request.threadCount ?? availableCoreCount(),
      batchSize: leading?.batchSize ?? RunShape.largestBatch)
    let outputCount = try outputCount(evaluator, candidates)
    let names = OutputLabels.find(
      besideModel: request.companionPath ?? request.modelPath, outputCount: outputCount)
    let mappings = ClassMatching.match(
      datasetClasses: index.classes, outputNames: names?.names, outputCount: outputCount)
    let found = try search(
      evaluator, &leading, candidates, mappings, isGiven: given != nil, phase: phase)
    let decision = InputDecision(
      choice: given.map { merged($0, found.choice) } ?? found.choice, mapping: found.mapping,
      outputNames: outputDisplayNames(
        outputCount: outputCount, labels: names, datasetClasses: index.classes,
        mapping: found.mapping),
      outputNamesEvidence: names?.evidence ?? .inferred)
    if given == nil { memory?.remember(decision) }
    let analysis = leading?.analysis(decision.choice.chosen.preprocessing, decision.mapping)
    return (decision, analysis)
  }

  /// Nil where the search cannot begin the analysis, and for one of several parts, which has to decide
  /// as the others do, to the last bit, whichever images are its own.
  private func leadingAnalysis(_ any: Preprocessing) -> LeadingAnalysis? {
    guard request.shardCount == 1 else { return nil }
    return LeadingAnalysis(any, dataset: dataset, engine: engine) { preprocessing, outputs in
      AnalysisPlan(request, model, output, index, fed: preprocessing, outputOfClass: outputs)
    }
  }

  /// From the command line or from the file beside the model.
  private func givenChoice() throws(SessionError) -> PreprocessingChoice? {
    do throws(PreprocessingError) {
      if let spec = request.preprocessing {
        let preprocessing = try PreprocessingSpec.parse(
          spec, base: candidates()[0].preprocessing)
        return PreprocessingChoice(
          chosen: PreprocessingTrial(
            preprocessing: preprocessing, name: "as given", top1: nil, imageCount: 0),
          evidence: .read, runnersUp: [], reason: "given with --preprocess")
      }
      return try PreprocessingSidecar.read(besideModel: request.companionPath ?? request.modelPath)
    } catch {
      throw .preprocessing(error)
    }
  }

  private func candidates() -> [PreprocessingTrial] {
    preprocessingCandidates(
      for: image, imageSizes: sampleSizes, classCount: index.classes.count)
  }

  private var sampleSizes: [ImageSize] {
    BalancedOrder(labels: index.labels, seed: request.seed).images.prefix(Self.sampleCount)
      .compactMap { place in
        (try? dataset.image(place)).map { ImageSize(width: $0.width, height: $0.height) }
      }
  }

  private func openSession() throws(SessionError) -> any InferenceSession {
    do throws(InferenceError) {
      return try engine.open(
        path: request.modelPath, exposing: [],
        options: SessionOptions(threadCount: 1, provider: request.providers.first))
    } catch {
      throw .engine(error)
    }
  }

  /// As the file says, else as one image shows.
  private func outputCount(
    _ evaluator: OutputEvaluator, _ candidates: [PreprocessingTrial]
  ) throws(SessionError) -> Int {
    if let count = output.classCount { return count }
    let scores = try scores(evaluator, [0], [candidates[0].preprocessing])
    return scores.first?.first??.count ?? 0
  }

  private func search(
    _ evaluator: OutputEvaluator, _ leading: inout LeadingAnalysis?,
    _ candidates: [PreprocessingTrial], _ mappings: [ClassMapping], isGiven: Bool,
    phase: (String) -> Void
  ) throws(SessionError) -> PreprocessingDecision {
    var search = PreprocessingSearch()
    search.seed = request.seed
    var trialCount = 0
    let size = ImageSize(
      width: candidates[0].preprocessing.width, height: candidates[0].preprocessing.height)
    return try search.choose(
      candidates, policies: isGiven ? [] : resizePolicies(to: size, from: sampleSizes),
      mappings: mappings, labels: index.labels
    ) { (preprocessing, mapping, images) throws(SessionError) in
      try stop.check()
      trialCount += images.count
      phase("looking for the preprocessing, \(NumberText.grouped(trialCount)) runs")
      return try leaderScores(evaluator, &leading, images, preprocessing, mapping)
    } contents: { images throws(SessionError) in
      try stop.check()
      return evaluator.contents(of: images, as: candidates[0].preprocessing)
    } evaluate: { (preprocessings, images) throws(SessionError) in
      try stop.check()
      trialCount += preprocessings.count * images.count
      phase("looking for the preprocessing, \(NumberText.grouped(trialCount)) runs")
      return try scores(evaluator, images, preprocessings)
    }
  }

  /// As far as the analysis visits the images from its runs, else as those of the others.
  private func leaderScores(
    _ evaluator: OutputEvaluator, _ leading: inout LeadingAnalysis?, _ images: [Int],
    _ preprocessing: Preprocessing, _ mapping: ClassMapping
  ) throws(SessionError) -> [[Float]?] {
    var found: [Int: [Float]?] = [:]
    do throws(AnalysisError) {
      found = try leading?.outputs(of: images, preprocessing, mapping) ?? [:]
    } catch {
      throw .analysis(error)
    }
    try stop.check()
    let others = images.filter { !found.keys.contains($0) }
    if !others.isEmpty {
      let rows = try scores(evaluator, others, [preprocessing])
      for (image, row) in zip(others, rows.first ?? []) { found.updateValue(row, forKey: image) }
    }
    return images.map { found[$0] ?? nil }
  }

  private func scores(
    _ evaluator: OutputEvaluator, _ images: [Int], _ preprocessings: [Preprocessing]
  ) throws(SessionError) -> [[[Float]?]] {
    do {
      return try evaluator.scores(of: images, as: preprocessings)
    } catch InferenceError.cancelled {
      throw .cancelled
    } catch let error as InferenceError {
      throw .engine(error)
    } catch {
      throw .engine(.runFailed("\(error)"))
    }
  }

  /// The given choice with the accuracy it reached on the images tried.
  private func merged(
    _ given: PreprocessingChoice, _ measured: PreprocessingChoice
  ) -> PreprocessingChoice {
    var choice = given
    choice.chosen.top1 = measured.chosen.top1
    choice.chosen.imageCount = measured.chosen.imageCount
    return choice
  }
}
