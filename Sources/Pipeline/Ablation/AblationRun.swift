import Analysis
import Inference
import Networks
import Synchronization
import Tensors

/// Runs images through a network cut behind some layers, changes what passes the cuts, and
/// compares what comes out with what the unchanged rest of the network gives.
///
/// The part before the first cut runs once a batch, whatever the number of sets; what it
/// captures is used for all sets and forgotten. Results are the same bits whatever the number of
/// threads.
public final class AblationRun: Sendable {
  public let plan: AblationPlan
  public let parts: NetworkParts
  private let session: any PartedSession
  private let images: any ImageProvider
  private let batches: [Range<Int>]
  private let fixedBatchSize: Int?
  private let isStopped = Atomic(false)

  /// Prepares the parts to run.
  public init(
    _ plan: AblationPlan, parts: NetworkParts, images: any ImageProvider,
    engine: any PartingEngine
  ) throws(AnalysisError) {
    do throws(InferenceError) {
      session = try engine.open(
        parts: parts, path: plan.modelPath, options: SessionOptions(provider: plan.provider))
    } catch {
      throw .inference(error)
    }
    self.plan = plan
    self.parts = parts
    self.images = images
    fixedBatchSize = session.input.shape?.dimensions.first?.length
    let size = max(1, fixedBatchSize ?? plan.batchSize ?? RunShape.largestBatch)
    batches = stride(from: 0, to: plan.images.count, by: size).map {
      $0..<min($0 + size, plan.images.count)
    }
  }

  /// Ends what runs within the time of one operator.
  public func cancel() {
    isStopped.store(true, ordering: .relaxed)
    session.cancel()
  }

  /// Switches each set off in turn.
  ///
  /// - Parameters:
  ///   - wantsAnswers: Whether ``AblationResult/answers`` are wanted: memory for each image.
  ///   - watch: Told what the runs take.
  ///   - report: Told the images done so far, from several threads.
  /// - Complexity: One run of the first part and, for the unchanged network and each set, one of
  ///   the rest; a batch's tensors and one tally a set and class are in memory.
  public func measure(
    _ sets: [AblationSet], wantsAnswers: Bool = false,
    watch: AblationStopwatch = AblationStopwatch(),
    report: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(AnalysisError) -> AblationResult {
    precondition(sets.allSatisfy { $0.neurons.count == plan.layers.count })
    return try tally(count: sets.count, report) { worker, batch throws in
      try worker.measure(sets, batch, wantsAnswers: wantsAnswers, watch)
    }
  }

  /// Takes what lies between two cuts out: what the first carries stands for what the second does.
  ///
  /// - Precondition: The network is cut twice.
  /// - Returns: The tallies of one change.
  public func measureBypass() throws(AnalysisError) -> AblationResult {
    try tally(count: 1, { _ in }) { worker, batch throws in try worker.bypass(batch) }
  }

  /// Adds up what workers find on all batches.
  private func tally(
    count: Int, _ report: @escaping @Sendable (Int) -> Void,
    _ body: @Sendable (AblationWorker, Range<Int>) throws -> AblationResult
  ) throws(AnalysisError) -> AblationResult {
    let total = Mutex(
      AblationResult(
        tallies: Array(
          repeating: Array(repeating: AblationTally(), count: plan.classCount), count: count),
        answers: Array(repeating: [], count: count), unreadableCount: 0))
    try forEachWorker(report) { worker, batch throws in
      let found = try body(worker, batch)
      total.withLock { $0.merge(found) }
    }
    var result = total.withLock { $0 }
    for set in result.answers.indices { result.answers[set].sort { $0.place < $1.place } }
    return result
  }

  /// Mean value of each neuron over the images and the positions of its map, layer by layer.
  public func meanValues() throws(AnalysisError) -> [[Float]] {
    let total = Mutex(plan.layers.map { NeuronMeans(neuronCount: $0.neuronCount) })
    try forEachWorker({ _ in }) { worker, batch throws in
      let found = try worker.means(batch)
      total.withLock { sums in
        for layer in sums.indices { sums[layer].merge(found[layer]) }
      }
    }
    return total.withLock { $0.map(\.values) }
  }

  /// Shares the batches out among threads.
  private func forEachWorker(
    _ report: @escaping @Sendable (Int) -> Void,
    _ body: @Sendable (AblationWorker, Range<Int>) throws -> Void
  ) throws(AnalysisError) {
    let done = Atomic(0)
    try shareOut(batches.count, threads: plan.threadCount) {
      isStopped.load(ordering: .relaxed)
    } makeWorker: {
      try AblationWorker(self, session, images, fixedBatchSize: fixedBatchSize)
    } _: { worker, index in
      try body(worker, batches[index])
      report(done.add(batches[index].count, ordering: .relaxed).newValue)
    }
  }
}

extension AblationResult {
  mutating func merge(_ other: AblationResult) {
    unreadableCount += other.unreadableCount
    for set in tallies.indices {
      for index in tallies[set].indices { tallies[set][index].merge(other.tallies[set][index]) }
      answers[set] += other.answers[set]
    }
  }
}

/// Exact sums of a layer's spatial means, one a neuron.
struct NeuronMeans: Sendable {
  private var sums: [ExactSum]
  private var counts: [Int]

  init(neuronCount: Int) {
    sums = Array(repeating: ExactSum(), count: neuronCount)
    counts = Array(repeating: 0, count: neuronCount)
  }

  mutating func add(_ value: Double, neuron: Int) {
    if sums[neuron].add(value) { counts[neuron] += 1 }
  }

  mutating func merge(_ other: NeuronMeans) {
    for neuron in sums.indices {
      sums[neuron].merge(other.sums[neuron])
      counts[neuron] += other.counts[neuron]
    }
  }

  /// Zero for a neuron that never had a finite value.
  var values: [Float] {
    zip(sums, counts).map { $1 > 0 ? Float($0.value / Double($1)) : 0 }
  }
}
