import Analysis
import Inference
import Synchronization
import Testing

@testable import Pipeline

struct SharedWorkTests {
  @Test(arguments: [0, 1, 2, 37], [1, 3])
  func `every piece is done once, by no more workers than threads`(count: Int, threads: Int) throws
  {
    let seen = Mutex<[Int]>([])
    let workers = Atomic(0)
    try shareOut(count, threads: threads) {
      false
    } makeWorker: {
      workers.add(1, ordering: .relaxed)
    } _: { _, index in
      seen.withLock { $0.append(index) }
    }
    #expect(seen.withLock { $0.sorted() } == Array(0..<count))
    #expect(workers.load(ordering: .relaxed) <= min(threads, count))
  }

  @Test func `a failure ends the work and is thrown`() {
    let done = Atomic(0)
    #expect(throws: AnalysisError.inference(.noSuchTensor("lost"))) {
      try shareOut(1_000, threads: 1) {
        false
      } makeWorker: {
      } _: { _, index in
        done.add(1, ordering: .relaxed)
        if index == 3 { throw InferenceError.noSuchTensor("lost") }
      }
    }
    #expect(done.load(ordering: .relaxed) == 4)
  }

  @Test func `work that is over is cancelled, not half done`() {
    let done = Atomic(0)
    #expect(throws: AnalysisError.inference(.cancelled)) {
      try shareOut(1_000, threads: 2) {
        done.load(ordering: .relaxed) >= 5
      } makeWorker: {
      } _: { _, _ in
        done.add(1, ordering: .relaxed)
      }
    }
    #expect(done.load(ordering: .relaxed) < 1_000)
  }
}
