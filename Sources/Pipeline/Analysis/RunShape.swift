/// How work is spread: images in a batch, batches at a time, threads for each.
struct RunShape: Equatable, Sendable {
  var batchSize: Int
  var workerCount: Int
  var threadsPerWorker: Int

  /// Captured outputs of one batch are kept below this, bytes: about what a core's share of the
  /// caches holds, so that they are reduced before they leave it.
  static let cacheByteCount = 4 << 20
  /// Beyond this, starting a run costs a twentieth at most, and memory grows.
  static let largestBatch = 8
  /// Captured outputs of all batches at a time stay below this, bytes.
  static let defaultBudget = 1 << 30

  /// - Parameters:
  ///   - bytesPerImage: Of all captured outputs.
  ///   - batchSize: The batch to use where it is given.
  ///   - coreCount: Threads to use in all.
  ///
  /// The batch depends on the network alone, never on cores or budget: results must not.
  init(bytesPerImage: Int, batchSize: Int?, coreCount: Int, budget: Int = defaultBudget) {
    let fitting = Self.cacheByteCount / max(1, bytesPerImage)
    let batchSize = max(1, batchSize ?? min(Self.largestBatch, fitting))
    self.batchSize = batchSize
    let (perBatch, isOverflowing) = max(1, bytesPerImage)
      .multipliedReportingOverflow(by: batchSize)
    let affordable = isOverflowing ? 1 : max(1, budget / perBatch)
    let cores = max(1, coreCount)
    workerCount = min(cores, affordable)
    threadsPerWorker = max(1, cores / workerCount)
  }
}
