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

  init(
    _ plan: AnalysisPlan, engine: any InferenceEngine, coreCount: Int
  ) throws(InferenceError) {
    var options = SessionOptions(threadCount: 1, provider: plan.provider)
    var (session, isReducing) = try Self.open(plan, engine, options)
    let fixed = session.inputs.first?.shape?.dimensions.first?.length
    let bytes =
      isReducing
      ? Self.bytesPerImage(plan) : try Self.bytesPerImage(session, plan, batchSize: fixed ?? 1)
    let shape = RunShape(
      bytesPerImage: bytes, batchSize: fixed ?? plan.batchSize, coreCount: coreCount)
    if shape.threadsPerWorker > 1 {
      options.threadCount = shape.threadsPerWorker
      (session, isReducing) = try Self.open(plan, engine, options)
    }
    (self.session, self.shape, fixedBatchSize) = (session, shape, fixed)
    self.isReducing = isReducing
  }

  /// Reduces inside the run where every layer is of plain floats and the engine can do so.
  private static func open(
    _ plan: AnalysisPlan, _ engine: any InferenceEngine, _ options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession, isReducing: Bool) {
    let reduced = plan.layers.map(\.reduced)
    let isPlain = plan.layers.allSatisfy { $0.tensor == TensorRequest($0.tensor.name) }
    if isPlain, Set(reduced).count == reduced.count,
      let session = try engine.open(
        path: plan.modelPath, reducing: reduced, by: SummaryReducer(), options: options)
    {
      return (session, true)
    }
    return (
      try engine.open(
        path: plan.modelPath, exposing: plan.layers.map(\.tensor.name), options: options), false
    )
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
