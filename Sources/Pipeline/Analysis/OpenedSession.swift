import FoundationEssentials
import Inference
import Networks

/// A session that yields what a plan's layers are summarised from, and how it is best run.
struct OpenedSession {
  let session: any InferenceSession
  let shape: RunShape
  /// Images in every batch, where the model file leaves no choice.
  let fixedBatchSize: Int?
  /// Whether the session reduces layers itself; else it yields them whole.
  let isReducing: Bool

  /// Reduces inside the run where that can be done.
  init(_ plan: AnalysisPlan, engine: any InferenceEngine) throws(InferenceError) {
    let options = Self.options(plan, threadCount: 1)
    if let session = try Self.openReducing(plan, engine, options) {
      try self.init(plan, engine, session, isReducing: true)
    } else {
      try self.init(
        plan, engine, Self.openExposing(plan, engine, options), isReducing: false)
    }
  }

  /// A session that reduces every layer inside the run, which is the same however images are fed; nil
  /// where layers would have to be exposed whole.
  static func reducing(
    _ plan: AnalysisPlan, engine: any InferenceEngine
  ) throws(InferenceError) -> OpenedSession? {
    guard let session = try openReducing(plan, engine, options(plan, threadCount: 1)) else {
      return nil
    }
    return try OpenedSession(plan, engine, session, isReducing: true)
  }

  /// - Parameter first: A session on one thread; where a run is to have more, another is opened.
  private init(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ first: any InferenceSession,
    isReducing: Bool
  ) throws(InferenceError) {
    let fixed = first.inputs.first?.shape?.dimensions.first?.length
    let bytes =
      isReducing
      ? Self.bytesPerImage(plan) : try Self.bytesPerImage(first, plan, batchSize: fixed ?? 1)
    let shape = RunShape(
      bytesPerImage: bytes, batchSize: fixed ?? plan.batchSize, coreCount: plan.coreCount)
    (self.shape, fixedBatchSize, self.isReducing) = (shape, fixed, isReducing)
    guard shape.threadsPerWorker > 1 else {
      session = first
      return
    }
    let options = Self.options(plan, threadCount: shape.threadsPerWorker)
    session =
      isReducing
      ? try Self.openReducing(plan, engine, options) ?? first
      : try Self.openExposing(plan, engine, options)
  }

  private static func options(_ plan: AnalysisPlan, threadCount: Int) -> SessionOptions {
    SessionOptions(threadCount: threadCount, provider: plan.provider)
  }

  /// Nil unless every layer is of plain floats and the engine can reduce inside the run.
  private static func openReducing(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession)? {
    let reduced = plan.layers.map(\.reduced)
    let isPlain = plan.layers.allSatisfy { $0.tensor == TensorRequest($0.tensor.name) }
    guard isPlain, Set(reduced).count == reduced.count else { return nil }
    return try engine.open(
      path: plan.modelPath, reducing: reduced, by: SummaryReducer(), options: options)
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
