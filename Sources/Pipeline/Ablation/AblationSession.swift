import Analysis
import Atlases
import Inference
import ModelFiles
import Networks
import Synchronization

/// How neurons are switched off, and on how many images it is tried.
public struct AblationOptions: Hashable, Sendable {
  public var replacement = Replacement.zero
  /// Images at most, the first ones in the analysis' balanced order; nil for all.
  public var imageLimit: Int? = defaultImageLimit

  /// Enough for errors of a few points a class, few enough to wait for.
  public static let defaultImageLimit = 500

  public init(
    replacement: Replacement = .zero, imageLimit: Int? = AblationOptions.defaultImageLimit
  ) {
    self.replacement = replacement
    self.imageLimit = imageLimit
  }
}

/// Switches neurons of a model off and measures what that does, on images of its data set.
///
/// One measurement at a time; ``cancel()`` may come from any thread.
public final class AblationSession: Sendable {
  private let inputs: SessionInputs
  private let control = Mutex(Control())

  private struct Control {
    var isCancelled = false
    var running: AblationRun?
  }

  /// Opens model and data, and finds the preprocessing as an analysis does.
  ///
  /// - Parameter phase: Told what is being done.
  public convenience init(
    request: AnalysisRequest, phase: @Sendable (String) -> Void = { _ in }
  ) throws(SessionError) {
    let model = try openModel(request.modelPath)
    self.init(
      try SessionInputs.opened(
        request, model: model, isAnalyzing: false, stop: SearchStop(), phase: phase))
  }

  /// On the model and the images that an atlas is of, fed as they were for it; looks for nothing.
  ///
  /// Fails unless both are the same, byte for byte and name for name, as those analysed.
  ///
  /// - Parameter request: Where they are; seed, limit and shard are taken from the atlas.
  public convenience init(of atlas: Atlas, _ request: AnalysisRequest) throws(SessionError) {
    self.init(try SessionInputs(of: atlas, request))
  }

  init(_ inputs: SessionInputs) {
    self.inputs = inputs
  }

  /// A session on the same model and images, to be cancelled by itself.
  public func another() -> AblationSession { AblationSession(inputs) }

  /// Single images of the data set, run through the same model in the same way.
  public func imageSession() -> ImageSession {
    ImageSession(
      inputs.plan,
      images: DatasetImages(inputs.dataset, inputs.decision.choice.chosen.preprocessing),
      engine: inputs.engine)
  }

  /// The influence of channels on later neurons, on the same images through the same model.
  public func influenceSession() -> InfluenceSession { InfluenceSession(inputs) }

  /// Where the analysis of these images is kept.
  var keeper: AtlasKeeper { AtlasKeeper(inputs.request, inputs) }

  /// The model's layers.
  public var network: Network { inputs.model.network }

  /// Names of the data set's classes.
  public var classNames: [String] { inputs.index.classes }

  /// Ends what runs; it and later measurements fail with ``SessionError/cancelled``.
  public func cancel() {
    let running = control.withLock { state in
      state.isCancelled = true
      return state.running
    }
    running?.cancel()
  }

  /// What each of `sets` of a layer's neurons contributes.
  ///
  /// - Parameters:
  ///   - sets: Neurons, ascending.
  ///   - report: Told the images done and the images there are, from several threads.
  public func measure(
    _ sets: [[Int]], of layer: LayerID, _ options: AblationOptions = AblationOptions(),
    report: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(SessionError) -> LayerContributions {
    let run = try open([layer], options)
    defer { control.withLock { $0.running = nil } }
    let means = try meanValues(run, options)
    let result = try measured(
      run, sets.map { ablationSet([$0], means) }, wantsAnswers: false, report)
    return contributions(run, sets, result, options)
  }

  /// What happens when all of `neurons` are switched off together.
  ///
  /// - Parameter watch: Told what the runs take.
  public func whatIf(
    _ neurons: [LayerNeurons], _ options: AblationOptions = AblationOptions(),
    watch: AblationStopwatch = AblationStopwatch(),
    report: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(SessionError) -> WhatIf {
    let ordered = neurons.sorted { $0.layer < $1.layer }
    let run = try open(ordered.map(\.layer), options)
    defer { control.withLock { $0.running = nil } }
    let means = try meanValues(run, options)
    let sets = ordered.map(\.neurons)
    let result = try measured(
      run, [ablationSet(sets, means)], wantsAnswers: true, watch: watch, report)
    return WhatIf(
      neurons: ordered, result: contributions(run, [sets[0]], result, options),
      flips: flips(run, result))
  }

  /// What happens when a layer's output is replaced by its input.
  ///
  /// - Throws: ``SessionError`` where the two differ in shape, or nothing follows the layer.
  public func bypass(
    _ layer: LayerID, _ options: AblationOptions = AblationOptions()
  ) throws(SessionError) -> RemovalTrial {
    let run = try open([layer], options) { (model) throws(ModelFileError) in
      try model.parts(around: layer)
    }
    defer { control.withLock { $0.running = nil } }
    let result = try running { () throws(AnalysisError) in try run.measureBypass() }
    return RemovalTrial(layer: layer, neurons: nil, result.tallies[0])
  }

  /// What happens when all of a layer's `neurons` are held at one value together.
  ///
  /// - Parameter neurons: Ascending.
  public func removal(
    of neurons: [Int], _ layer: LayerID, _ options: AblationOptions
  ) throws(SessionError) -> RemovalTrial {
    let run = try open([layer], options)
    defer { control.withLock { $0.running = nil } }
    let means = try meanValues(run, options)
    let result = try measured(run, [ablationSet([neurons], means)], wantsAnswers: false) { _, _ in }
    return RemovalTrial(layer: layer, neurons: neurons, result.tallies[0])
  }

  private func open(
    _ layers: [LayerID], _ options: AblationOptions
  ) throws(SessionError) -> AblationRun {
    try open(layers, options) { (model) throws(ModelFileError) in
      try model.parts(cutAfter: layers)
    }
  }

  /// Makes ready to run the parts that `cut` makes of the network.
  private func open(
    _ layers: [LayerID], _ options: AblationOptions,
    _ cut: (ModelFile) throws(ModelFileError) -> NetworkParts
  ) throws(SessionError) -> AblationRun {
    if control.withLock({ $0.isCancelled }) { throw .cancelled }
    guard let outputOfClass = inputs.decision.outputOfClass, !inputs.index.classes.isEmpty else {
      throw .cannotAblate(
        reason: "the images carry no labels that fit the network's outputs")
    }
    let parts: NetworkParts
    do throws(ModelFileError) {
      parts = try cut(inputs.model)
    } catch {
      throw .model(path: inputs.request.modelPath, error)
    }
    let whole = inputs.plan
    let labeled = whole.order.images.filter { image in
      whole.labels[image].map { outputOfClass[$0] != nil } ?? false
    }
    let plan = AblationPlan(
      modelPath: whole.modelPath, imageShape: whole.imageShape,
      layers: layers.map { LayerTap(inputs.model.network[$0]) },
      images: Array(labeled.prefix(options.imageLimit ?? labeled.count)), labels: whole.labels,
      outputOfClass: outputOfClass, provider: whole.provider, threadCount: whole.threadCount)
    guard !plan.images.isEmpty else {
      throw .cannotAblate(reason: "no image has a class that the network knows")
    }
    do throws(AnalysisError) {
      let run = try AblationRun(
        plan, parts: parts,
        images: DatasetImages(inputs.dataset, inputs.decision.choice.chosen.preprocessing),
        engine: inputs.engine)
      let isCancelled = control.withLock { state in
        state.running = run
        return state.isCancelled
      }
      if isCancelled { run.cancel() }
      return run
    } catch {
      throw .analysis(error)
    }
  }

  /// The values that stand in for the layers' neurons; nil for zeros.
  private func meanValues(
    _ run: AblationRun, _ options: AblationOptions
  ) throws(SessionError) -> [[Float]]? {
    guard options.replacement == .mean else { return nil }
    return try running { () throws(AnalysisError) in try run.meanValues() }
  }

  private func ablationSet(_ neurons: [[Int]], _ means: [[Float]]?) -> AblationSet {
    guard let means else { return .zeroing(neurons) }
    return AblationSet(
      neurons: neurons, values: zip(neurons, means).map { set, means in set.map { means[$0] } })
  }

  private func measured(
    _ run: AblationRun, _ sets: [AblationSet], wantsAnswers: Bool,
    watch: AblationStopwatch = AblationStopwatch(),
    _ report: @escaping @Sendable (Int, Int) -> Void
  ) throws(SessionError) -> AblationResult {
    let planned = run.plan.images.count
    return try running { () throws(AnalysisError) in
      try run.measure(sets, wantsAnswers: wantsAnswers, watch: watch) { report($0, planned) }
    }
  }

  private func running<Result>(
    _ body: () throws(AnalysisError) -> Result
  ) throws(SessionError) -> Result {
    do throws(AnalysisError) {
      return try body()
    } catch {
      throw error == .inference(.cancelled) ? .cancelled : .analysis(error)
    }
  }

  private func contributions(
    _ run: AblationRun, _ sets: [[Int]], _ result: AblationResult, _ options: AblationOptions
  ) -> LayerContributions {
    let first = result.tallies.first ?? []
    return LayerContributions(
      replacement: options.replacement,
      score: run.parts.holdsProbabilities ? .probability : .logit,
      classCounts: first.map(\.imageCount),
      accuracyBefore: first.map { $0.accuracyBefore.map { Float($0) } ?? .nan },
      entries: zip(sets, result.tallies).map { Contribution(neurons: $0, $1) })
  }

  private func flips(_ run: AblationRun, _ result: AblationResult) -> [Flip] {
    let plan = run.plan
    let found = (result.answers.first ?? []).compactMap { answer -> Flip? in
      let image = plan.images[answer.place]
      guard answer.before != answer.after, let label = plan.labels[image] else { return nil }
      let truth = plan.outputOfClass[label]
      let kind: FlipKind =
        answer.before == truth ? .lost : answer.after == truth ? .gained : .moved
      return Flip(
        image: image, label: label, before: answer.before, after: answer.after, kind: kind)
    }
    return found.sorted { $0.image < $1.image }
  }
}
