import Analysis
import Atlases
import Inference
import Networks
import Synchronization

/// Runs images with the tensors exposed that enter some layers, and adds up what each channel of
/// the layers before makes of them. Results are the same bits whatever the number of threads.
final class InfluenceRun: Sendable {
  let plan: InfluencePlan
  private let images: any ImageProvider
  private let session: any InferenceSession
  private let isStopped = Atomic(false)

  /// Opens the model.
  init(
    _ plan: InfluencePlan, images: any ImageProvider, engine: any InferenceEngine
  ) throws(AnalysisError) {
    self.plan = plan
    self.images = images
    do throws(InferenceError) {
      var names: [String] = []
      for request in InfluenceWorker.requests(plan) where !names.contains(request.name) {
        names.append(request.name)
      }
      session = try engine.open(
        path: plan.modelPath, exposing: names, options: SessionOptions(provider: plan.provider))
    } catch {
      throw .inference(error)
    }
  }

  /// Ends what runs within the time of one operator or one channel.
  func cancel() {
    isStopped.store(true, ordering: .relaxed)
    session.cancel()
  }

  private var isOver: Bool { isStopped.load(ordering: .relaxed) }

  /// One tally a connection.
  ///
  /// - Parameter report: Told the images done so far, from several threads.
  /// - Complexity: One run an image, and what `InfluenceConvolution` takes for each channel.
  func measure(
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(AnalysisError) -> [InfluenceTally] {
    let totals = Mutex(
      plan.edges.map {
        InfluenceTally(neuronCount: $0.neuronCount, channelCount: $0.channelCount)
      })
    let done = Atomic(0)
    try shareOut(plan.images.count, threads: plan.threadCount) {
      isOver
    } makeWorker: {
      try InfluenceWorker(plan, images, session) { [self] in isOver }
    } _: { worker, index in
      try worker.measure(plan.images[index]) { edge, excitatory, inhibitory in
        totals.withLock { $0[edge].add(excitatory: excitatory, inhibitory: inhibitory) }
      }
      report(done.add(1, ordering: .relaxed).newValue)
    }
    return totals.withLock { $0 }
  }
}
