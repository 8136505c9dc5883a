import Analysis
import Dispatch
import Inference
import Synchronization

/// Shares pieces of work out among threads, each with a worker of its own, in no particular order.
///
/// The first failure of a worker ends all of them and is thrown.
///
/// - Parameters:
///   - count: Pieces.
///   - threads: Threads at most; nil for one a core.
///   - isOver: Asked before each piece; true ends the work as cancelled.
///   - makeWorker: Called once on each thread.
///   - body: Called once for each piece, from several threads.
func shareOut<Worker>(
  _ count: Int, threads: Int?, isOver: @Sendable () -> Bool,
  makeWorker: @Sendable () throws -> Worker, _ body: @Sendable (Worker, Int) throws -> Void
) throws(AnalysisError) {
  let next = Atomic(0)
  let failure = Mutex<AnalysisError?>(nil)
  let threadCount = min(max(1, threads ?? availableCoreCount()), count)
  DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
    do {
      let worker = try makeWorker()
      while failure.withLock({ $0 == nil }), !isOver() {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        try body(worker, index)
      }
    } catch {
      failure.withLock { $0 = $0 ?? AnalysisError(error) }
    }
  }
  if isOver() { throw .inference(.cancelled) }
  if let failure = failure.withLock({ $0 }) { throw failure }
}

/// What `body` makes of each index below `count`, in the order of the indices, several at once.
///
/// - Parameter threads: Threads at most; nil for one a core.
func sharedMap<Result: Sendable>(
  _ count: Int, threads: Int? = nil, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
  let next = Atomic(0)
  let threadCount = min(max(1, threads ?? availableCoreCount()), count)
  DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
  return results.withLock { $0.compactMap(\.self) }
}
