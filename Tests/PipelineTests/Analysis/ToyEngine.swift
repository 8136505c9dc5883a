import Inference
import Networks
import Synchronization

/// An engine for tests: the "network" turns an image of 2×3×4 numbers into itself (`same`), its
/// half per channel mean (`scores`, two numbers), the halves of all images one below the other
/// (`windows`, 12 numbers each), and refuses batches above a limit.
struct ToyEngine: InferenceEngine {
  var name: String { "Toy 1.0" }
  var largestBatch = Int.max
  var fixedBatch: Int?

  func open(
    path: String, exposing: [String], options: SessionOptions
  ) throws(InferenceError) -> any InferenceSession {
    ToySession(engine: self)
  }
}

final class ToySession: InferenceSession {
  let engine: ToyEngine
  private let isCancelled = Atomic(false)
  init(engine: ToyEngine) { self.engine = engine }

  var isStopped: Bool { isCancelled.load(ordering: .relaxed) }
  private func port(_ name: String, _ lengths: [Int]) -> NetworkPort {
    let batch = engine.fixedBatch.map(Dimension.fixed) ?? .symbolic("N")
    return NetworkPort(
      name: name, elementType: .float32, shape: TensorShape([batch] + lengths.map { .fixed($0) }))
  }
  var inputs: [NetworkPort] { [port("image", [2, 3, 4])] }
  var outputs: [NetworkPort] { [port("same", [2, 3, 4]), port("scores", [2])] }

  func makeRun(yielding requests: [TensorRequest]) throws(InferenceError) -> any InferenceRun {
    ToyRun(session: self, names: requests.map(\.name))
  }
  func cancel() { isCancelled.store(true, ordering: .relaxed) }
  func resume() { isCancelled.store(false, ordering: .relaxed) }
}

final class ToyRun: InferenceRun {
  private let session: ToySession
  private let names: [String]
  private var input: [Float] = []
  private var batch = 0
  init(session: ToySession, names: [String]) { (self.session, self.names) = (session, names) }

  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    if input.count != count { input = Array(repeating: 0, count: count) }
    var values = Array(input[part])
    defer { input.replaceSubrange(part, with: values) }
    var span = values.mutableSpan
    return try body(&span)
  }

  func execute(shape: [Int]) throws(InferenceError) {
    if session.isStopped { throw .cancelled }
    guard shape.dropFirst() == [2, 3, 4], shape[0] <= session.engine.largestBatch else {
      throw .runFailed("batch too large")
    }
    if let fixed = session.engine.fixedBatch, fixed != shape[0] { throw .runFailed("wrong batch") }
    batch = shape[0]
  }

  func withOutput<Result>(
    _ index: Int, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result {
    let same = input
    if names[index] == "same" { return try body([batch, 2, 3, 4], same.span) }
    if names[index] == "windows" { return try body([batch * 2, 12], same.span) }
    let scores = (0..<batch * 2).map { input[$0 * 12..<$0 * 12 + 12].reduce(0, +) / 12 }
    return try body([batch, 2], scores.span)
  }

  var outputByteCount: Int { input.count * 4 }
}
