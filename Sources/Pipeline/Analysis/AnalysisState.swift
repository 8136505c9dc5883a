import Analysis
import Dispatch
import Inference
import Synchronization

/// What the workers of one analysis share.
///
/// Each layer's summary has a lock of its own, and all folding happens inside ``gate``, so that
/// a snapshot never sees a batch in some layers and not in others.
final class AnalysisState: Sendable {
  let plan: AnalysisPlan
  private let layers: [LayerCell]
  private let ledger: Mutex<AnalysisLedger>
  /// Batches are folded in concurrently, snapshots are taken alone.
  private let gate = DispatchQueue(label: "convscope.analysis.gate", attributes: .concurrent)

  /// - Precondition: `start` is a result of the same plan.
  init(plan: AnalysisPlan, start: AnalysisResult, schedule: BatchSchedule) {
    self.plan = plan
    layers = start.summaries.map(LayerCell.init)
    ledger = Mutex(
      AnalysisLedger(
        pending: schedule.batches.flatMap { start.visited.missing(in: $0) }.reversed(),
        result: start))
  }

  /// The next batch, as places in the visiting order; nil when there is none or the analysis
  /// has ended.
  func nextBatch() -> Range<Int>? {
    ledger.withLock { $0.nextBatch() }
  }

  /// Adds one batch: `body` lends each layer to ``fold(layer:_:)``, then `record` books it.
  func commit(
    _ body: () throws -> Void, booking record: (inout AnalysisLedger) throws -> Void
  ) throws {
    try gate.sync {
      try body()
      try ledger.withLock { try record(&$0) }
    }
  }

  /// Changes the summary of one layer; only within ``commit(_:booking:)``.
  func fold(layer: Int, _ body: (inout ActivationSummary) -> Void) {
    layers[layer].summary.withLock { body(&$0) }
  }

  /// Leaves only the batches that hold some of `images` to be run, and has the network's outputs for
  /// their images kept, until ``takeOutputs()``.
  func choose(_ images: [Int]) {
    ledger.withLock { $0.choose(images, order: plan.order.images) }
  }

  /// The network's outputs for the images run since ``choose(_:)``, nil where one cannot be read.
  func takeOutputs() -> [Int: [Float]?] {
    ledger.withLock { $0.takeOutputs() }
  }

  /// Has progress measured from now.
  func beginMeasuring() {
    ledger.withLock { $0.beginMeasuring() }
  }

  /// Ends the analysis for the first of several reasons.
  func end(because error: AnalysisError?) {
    ledger.withLock { $0.end(because: error) }
  }

  /// Everything the batches so far gave; nothing of layers that some of them gave nothing for.
  ///
  /// - Complexity: Waits for batches that are being added; copies nothing until they change.
  func snapshot() -> AnalysisResult {
    gate.sync(flags: .barrier) {
      var result = ledger.withLock { $0.result }
      let imageCount = result.imageCount
      result.summaries = layers.map { cell in
        cell.summary.withLock { $0.whole(of: imageCount) }
      }
      return result
    }
  }

  /// Images visited so far; nil when it was told a moment ago.
  func progress(isForced: Bool = false) -> AnalysisProgress? {
    ledger.withLock { $0.progress(planned: plan.order.images.count, isForced: isForced) }
  }

  var visitedCount: Int { ledger.withLock { $0.result.visited.count } }

  var failure: AnalysisError? { ledger.withLock { $0.failure } }
}

/// A layer's summary behind its lock.
private final class LayerCell: Sendable {
  let summary: Mutex<ActivationSummary>

  init(_ summary: ActivationSummary) {
    self.summary = Mutex(summary)
  }
}

/// What is done and what is left; the summaries in `result` stay as they were at the start.
struct AnalysisLedger: Sendable {
  /// Last first.
  var pending: [Range<Int>]
  var result: AnalysisResult
  private(set) var failure: AnalysisError?
  private var isEnded = false
  /// Of what was pending, the batches to run before all others, last first; nil for no choice.
  private var chosen: [Range<Int>]?
  /// The network's outputs for each image since the choice; nil inside for unreadable images.
  private var outputs: [Int: [Float]?] = [:]
  private var rate = RateMeter()
  private var lastReport: ContinuousClock.Instant?

  init(pending: [Range<Int>], result: AnalysisResult) {
    self.pending = pending
    self.result = result
  }

  mutating func nextBatch() -> Range<Int>? {
    if isEnded { return nil }
    return chosen == nil ? pending.popLast() : chosen?.popLast()
  }

  /// Chooses the batches that hold some of `images`.
  ///
  /// - Complexity: O(places before the last of them).
  mutating func choose(_ images: [Int], order: [Int]) {
    var wanted = Set(images)
    var found: [Range<Int>] = []
    var place = pending.count
    while place > 0, !wanted.isEmpty {
      place -= 1
      let count = wanted.count
      for visit in pending[place] { wanted.remove(order[visit]) }
      if wanted.count < count { found.append(pending.remove(at: place)) }
    }
    chosen = found.reversed()
  }

  /// Notes what the network gave for an image, or that it cannot be read, while batches are chosen.
  mutating func keep(_ row: @autoclosure () -> [Float]?, image: Int) {
    if chosen != nil { outputs.updateValue(row(), forKey: image) }
  }

  /// Ends the choice.
  mutating func takeOutputs() -> [Int: [Float]?] {
    defer { (chosen, outputs) = (nil, [:]) }
    return outputs
  }

  mutating func beginMeasuring() {
    (rate, lastReport) = (RateMeter(), nil)
  }

  mutating func end(because error: AnalysisError?) {
    if !isEnded { failure = error }
    isEnded = true
  }

  mutating func progress(planned: Int, isForced: Bool) -> AnalysisProgress? {
    let now = ContinuousClock.now
    rate.record(result.visited.count, at: now)
    if !isForced, let lastReport, now - lastReport < .milliseconds(50) { return nil }
    lastReport = now
    return AnalysisProgress(
      done: result.visited.count, planned: planned, rate: rate.perSecond,
      unreadableCount: result.unreadable.count)
  }
}
