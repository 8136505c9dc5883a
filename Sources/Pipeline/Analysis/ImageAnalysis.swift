import Analysis
import Atlases
import Dispatch
import Inference
import Networks
import Synchronization
import Tensors

/// Runs a plan's images through the network and summarises its layers while they pass.
///
/// Workers share one session, each running batches of its own; nothing of a batch is kept but what
/// it adds to the summaries, so memory does not grow with the number of images. Results are the same
/// bits whatever the number of workers and the order in which they finish.
public final class ImageAnalysis: Sendable {
  public let plan: AnalysisPlan
  /// `ONNX Runtime 1.32.0, CPU, 2 threads`.
  public let engineDescription: String

  private let state: AnalysisState
  private let session: any InferenceSession
  private let images: any ImageProvider
  private let shape: RunShape
  private let fixedBatchSize: Int?
  private let isReducing: Bool
  private let spent = Mutex(Duration.zero)

  /// Opens the model and makes ready to run.
  ///
  /// - Parameter start: A partial result of the same plan to go on from; nil to begin.
  public convenience init(
    _ plan: AnalysisPlan, images: any ImageProvider, engine: any InferenceEngine,
    from start: AnalysisResult? = nil
  ) throws(AnalysisError) {
    guard start?.isCompatible(with: AnalysisResult(of: plan)) ?? true else {
      throw .resumedPlanDiffers
    }
    let opened: OpenedSession
    do throws(InferenceError) {
      opened = try OpenedSession(plan, engine: engine)
    } catch {
      throw .inference(error)
    }
    self.init(plan, images: images, opened, engineName: engine.name, from: start)
  }

  /// With a session that was opened for the plan's layers.
  ///
  /// - Precondition: `start` is nil or a partial result of the same plan.
  init(
    _ plan: AnalysisPlan, images: any ImageProvider, _ opened: OpenedSession, engineName: String,
    from start: AnalysisResult? = nil
  ) {
    (session, shape, fixedBatchSize) = (opened.session, opened.shape, opened.fixedBatchSize)
    isReducing = opened.isReducing
    self.plan = plan
    self.images = images
    let schedule = BatchSchedule(
      imageCount: plan.order.images.count, batchSize: shape.batchSize,
      isFixed: fixedBatchSize != nil)
    state = AnalysisState(
      plan: plan, start: start ?? AnalysisResult(of: plan), schedule: schedule)
    let coreCount = plan.coreCount
    let threads = NumberText.counted(coreCount, "thread")
    engineDescription = "\(engineName), \(plan.provider?.uppercased() ?? "CPU"), \(threads)"
  }

  /// Visits all images that are left, or those until ``cancel()`` or the task's cancellation.
  ///
  /// - Parameter report: Called from the workers' threads, at most twenty times a second and
  ///   once at the end.
  /// - Returns: What ``snapshot()`` gives then; check ``AnalysisResult/visited`` for completeness.
  public func run(
    _ report: @escaping @Sendable (AnalysisProgress) -> Void = { _ in }
  ) async throws(AnalysisError) -> AnalysisResult {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(report).notify(queue: .global()) { continuation.resume() }
      }
    } onCancel: {
      cancel()
    }
    return try conclude(report)
  }

  /// The same on the calling thread, which waits; for threads of one's own only, never a task.
  public func runAndWait(
    _ report: @escaping @Sendable (AnalysisProgress) -> Void = { _ in }
  ) throws(AnalysisError) -> AnalysisResult {
    start(report).wait()
    return try conclude(report)
  }

  /// Runs the batches that hold some of `images` and have not run, as ``runAndWait(_:)`` would; on
  /// the calling thread, which waits.
  ///
  /// - Returns: The network's outputs for every image of these batches, nil where one cannot be read.
  ///   Images that are not to be visited, and those left when cancelled, are missing.
  func outputs(of images: [Int]) throws(AnalysisError) -> [Int: [Float]?] {
    let clock = ContinuousClock.now
    state.choose(images)
    startWorkers { _ in }.wait()
    let outputs = state.takeOutputs()
    spent.withLock { $0 += ContinuousClock.now - clock }
    if let failure = state.failure { throw failure }
    return outputs
  }

  /// Images visited so far, those of a resumed part and unreadable ones included.
  var visitedCount: Int { state.visitedCount }

  /// Time that ``outputs(of:)`` took in all.
  var timeSpentAhead: Duration { spent.withLock { $0 } }

  /// Starts the workers; the group empties when all have ended.
  private func start(
    _ report: @escaping @Sendable (AnalysisProgress) -> Void
  ) -> DispatchGroup {
    state.beginMeasuring()
    return startWorkers(report)
  }

  private func startWorkers(
    _ report: @escaping @Sendable (AnalysisProgress) -> Void
  ) -> DispatchGroup {
    let queue = DispatchQueue(
      label: "convscope.analysis", qos: .utility, attributes: .concurrent)
    let group = DispatchGroup()
    for _ in 0..<shape.workerCount {
      queue.async(group: group) { self.work(report) }
    }
    return group
  }

  private func conclude(
    _ report: (AnalysisProgress) -> Void
  ) throws(AnalysisError) -> AnalysisResult {
    if let progress = state.progress(isForced: true) { report(progress) }
    if let failure = state.failure { throw failure }
    return state.snapshot()
  }

  private func work(_ report: (AnalysisProgress) -> Void) {
    do throws(InferenceError) {
      let worker = try AnalysisWorker(
        state: state, images: images, session: session, fixedBatchSize: fixedBatchSize,
        isReducing: isReducing)
      worker.work(report)
    } catch {
      state.end(because: .inference(error))
    }
  }

  /// Ends within the time of one operator; batches not finished are as if never begun.
  public func cancel() {
    state.end(because: nil)
    session.cancel()
  }

  /// Everything the images so far gave, all layers after the same batches; safe at any time.
  ///
  /// - Complexity: Waits at most for batches being added; copies nothing by itself, but the next
  ///   batch then copies what it changes.
  public func snapshot() -> AnalysisResult { state.snapshot() }
}

extension AnalysisResult {
  /// Whether both are of the same layers, classes and data set.
  fileprivate func isCompatible(with other: AnalysisResult) -> Bool {
    summaries.count == other.summaries.count
      && zip(summaries, other.summaries).allSatisfy {
        $0.neuronCount == $1.neuronCount && $0.classCount == $1.classCount
      }
      && classification?.outputOfClass == other.classification?.outputOfClass
      && classification?.predictions.count == other.classification?.predictions.count
  }
}
