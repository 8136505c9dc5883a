import FoundationEssentials
import Inference
import Networks

/// A session that yields what a plan's layers are summarised from, and how it is best run.
struct OpenedSession {
  let session: any InferenceSession
  let shape: RunShape
  /// Images in every batch, where the model file leaves no choice.
  let fixedBatchSize: Int?
  /// Reduces layers inside the session's runs; nil where it yields them whole.
  private let reducer: SummaryReducer?

  /// Whether the session reduces layers itself; else it yields them whole.
  var isReducing: Bool { reducer != nil }

  /// Reduces inside the run where that can be done.
  init(_ plan: AnalysisPlan, engine: any InferenceEngine) throws(InferenceError) {
    if let reducing = try Self.reducing(plan, engine: engine) {
      self = reducing
      return
    }
    let first = try Self.openExposing(plan, engine, Self.options(plan, threadCount: 1))
    let fixed = Self.fixedBatchSize(first)
    let bytes = try Self.bytesPerImage(first, plan, batchSize: fixed ?? 1)
    (fixedBatchSize, reducer) = (fixed, nil)
    shape = RunShape(
      bytesPerImage: bytes, batchSize: fixed ?? plan.batchSize, coreCount: plan.coreCount)
    let options = Self.options(plan, threadCount: shape.threadsPerWorker)
    session = options.threadCount > 1 ? try Self.openExposing(plan, engine, options) : first
  }

  /// A session that reduces every layer inside the run, which is the same however images are fed; nil
  /// where layers would have to be exposed whole.
  static func reducing(
    _ plan: AnalysisPlan, engine: any InferenceEngine
  ) throws(InferenceError) -> OpenedSession? {
    let reducer = SummaryReducer()
    let options = options(plan, threadCount: 1)
    guard let session = try openReducing(plan, engine, reducer, options) else { return nil }
    return try OpenedSession(plan, engine, session, reducer)
  }

  /// - Parameter first: A session on one thread; where a run is to have more, another is opened.
  private init(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ first: any InferenceSession,
    _ reducer: SummaryReducer
  ) throws(InferenceError) {
    let fixed = Self.fixedBatchSize(first)
    (fixedBatchSize, self.reducer) = (fixed, reducer)
    shape = RunShape(
      bytesPerImage: Self.bytesPerImage(plan), batchSize: fixed ?? plan.batchSize,
      coreCount: plan.coreCount)
    let options = Self.options(plan, threadCount: shape.threadsPerWorker)
    session =
      options.threadCount > 1
      ? try Self.openReducing(plan, engine, reducer, options) ?? first : first
  }

  /// Has runs reduce layers, or spare that work where only the network's answer is wanted.
  func setReducing(_ isOn: Bool) { reducer?.setOn(isOn) }

  private static func fixedBatchSize(_ session: any InferenceSession) -> Int? {
    session.inputs.first?.shape?.dimensions.first?.length
  }

  private static func options(_ plan: AnalysisPlan, threadCount: Int) -> SessionOptions {
    SessionOptions(threadCount: threadCount, provider: plan.provider)
  }

  /// Nil unless every layer is of plain floats and the engine can reduce inside the run.
  private static func openReducing(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ reducer: SummaryReducer,
    _ options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession)? {
    let reduced = plan.layers.map(\.reduced)
    let isPlain = plan.layers.allSatisfy { $0.tensor == TensorRequest($0.tensor.name) }
    guard isPlain, Set(reduced).count == reduced.count else { return nil }
    return try engine.open(
      path: plan.modelPath, reducing: reduced, by: reducer, options: options)
  }

  private static func openExposing(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ options: SessionOptions
  ) throws(InferenceError) -> any InferenceSession {
    try engine.open(
      path: plan.modelPath, exposing: plan.layers.map(\.tensor.name), options: options)
  }

  /// Bytes of one image's layers by the file's shapes; those without one count as a cacheful.
  private static func bytesPerImage(_ plan: AnalysisPlan) -> Int {
    plan.layers.reduce(0) { sum, layer in
      sum + (layer.valueCount.map { $0 * MemoryLayout<Float>.size } ?? RunShape.cacheByteCount)
    }
  }

  /// Bytes of one image's captured outputs: from their shapes, or by running a blank image where
  /// those are not known.
  private static func bytesPerImage(
    _ session: any InferenceSession, _ plan: AnalysisPlan, batchSize: Int
  ) throws(InferenceError) -> Int {
    let names = Set(plan.layers.map(\.tensor.name))
    var count = 0
    for port in session.outputs where names.contains(port.name) {
      guard let lengths = port.shape?.dimensions.dropFirst().map(\.length),
        let elements = checkedProduct(lengths)
      else { return try measuredBytesPerImage(session, plan, batchSize: batchSize) }
      count += elements * MemoryLayout<Float>.size
    }
    return count
  }

  private static func measuredBytesPerImage(
    _ session: any InferenceSession, _ plan: AnalysisPlan, batchSize: Int
  ) throws(InferenceError) -> Int {
    let run = try session.makeRun(yielding: plan.layers.map(\.tensor))
    let size = plan.imageShape.reduce(1, *)
    do {
      try run.withInput(count: batchSize * size) { _ in }
    } catch {
      throw .runFailed("\(error)")
    }
    try run.execute(shape: [batchSize] + plan.imageShape)
    return run.outputByteCount / max(1, batchSize)
  }
}

/// Cores this process may use: those of the machine that its affinity allows.
func availableCoreCount() -> Int {
  max(1, ProcessInfo.processInfo.activeProcessorCount)
}
