import FoundationEssentials
import Inference
import Networks

/// A session with a plan's layers exposed, and how it is best run.
struct OpenedSession {
  let session: any InferenceSession
  let shape: RunShape
  /// Images in every batch, where the model file leaves no choice.
  let fixedBatchSize: Int?

  init(
    _ plan: AnalysisPlan, engine: any InferenceEngine, coreCount: Int
  ) throws(InferenceError) {
    let exposed = plan.layers.map(\.tensor.name)
    var options = SessionOptions(threadCount: 1, provider: plan.provider)
    var session = try engine.open(path: plan.modelPath, exposing: exposed, options: options)
    let fixed = session.inputs.first?.shape?.dimensions.first?.length
    let bytes = try Self.bytesPerImage(session, plan, batchSize: fixed ?? 1)
    let shape = RunShape(
      bytesPerImage: bytes, batchSize: fixed ?? plan.batchSize, coreCount: coreCount)
    if shape.threadsPerWorker > 1 {
      options.threadCount = shape.threadsPerWorker
      session = try engine.open(path: plan.modelPath, exposing: exposed, options: options)
    }
    (self.session, self.shape, fixedBatchSize) = (session, shape, fixed)
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
        let elements = product(lengths)
      else { return try measuredBytesPerImage(session, plan, batchSize: batchSize) }
      count += elements * MemoryLayout<Float>.size
    }
    return count
  }

  /// Nil when a length is unknown or the product leaves the range of memory sizes.
  private static func product(_ lengths: [Int?]) -> Int? {
    var product = 1
    for length in lengths {
      guard let length, length >= 0 else { return nil }
      let (next, isOverflowing) = product.multipliedReportingOverflow(by: length)
      guard !isOverflowing, next < 1 << 40 else { return nil }
      product = next
    }
    return product
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
