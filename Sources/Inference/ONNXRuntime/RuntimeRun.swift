import Networks

/// Runs batches on one thread through a shared session.
@safe final class RuntimeRun: InferenceRun {
  private let session: RuntimeSession
  private let api: RuntimeAPI
  private let inputName: NameBuffer
  private let outputNames: [NameBuffer]
  private let requests: [TensorRequest]

  private let input: RuntimeInput
  private var results: [OpaquePointer?] = unsafe []
  private let scratch = RawBuffer()

  private(set) var outputByteCount = 0

  init(
    session: RuntimeSession, input: NetworkPort, requests: [TensorRequest]
  ) throws(InferenceError) {
    api = session.engine.library.api
    self.input = try RuntimeInput(api, type: input.elementType)
    self.session = session
    self.requests = requests
    inputName = NameBuffer(input.name)
    outputNames = requests.map { NameBuffer($0.name) }
  }

  deinit { releaseResults() }

  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    try input.lend(count: count, part: part, body)
  }

  func execute(shape: [Int]) throws(InferenceError) {
    releaseResults()
    unsafe results = Array(repeating: nil, count: requests.count)
    do throws(RuntimeFailure) {
      let tensor = try input.tensor(shape: shape)
      try withExtendedLifetime(tensor) { () throws(RuntimeFailure) in
        try unsafe run(tensor.pointer)
      }
      outputByteCount = try countOutputBytes()
    } catch {
      throw error.whileRunning(shape)
    }
  }

  private func countOutputBytes() throws(RuntimeFailure) -> Int {
    var count = 0
    for index in unsafe results.indices {
      guard let value = unsafe results[index] else { continue }
      let facts = try unsafe api.facts(of: value)
      count += facts.shape.reduce(1, *) * facts.type.byteCount
    }
    return count
  }

  private func run(_ tensor: OpaquePointer) throws(RuntimeFailure) {
    let names = unsafe outputNames.map { unsafe UnsafePointer<CChar>?($0.pointer) }
    let inputNames = unsafe [UnsafePointer<CChar>?(inputName.pointer)]
    let tensors = unsafe [OpaquePointer?(tensor)]
    try unsafe api.check(
      api.run(
        session.handle.pointer, session.runOptions.pointer, inputNames, tensors, 1, names,
        names.count, &results))
  }

  func withOutput<Result>(
    _ index: Int, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result {
    guard unsafe results.indices.contains(index), let value = unsafe results[index] else {
      throw InferenceError.noSuchTensor("number \(index)")
    }
    return try unsafe api.lend(value, as: requests[index], scratch: scratch, body)
  }

  private func releaseResults() {
    for index in unsafe results.indices {
      guard let value = unsafe results[index] else { continue }
      unsafe api.releaseValue(value)
    }
    unsafe results = []
  }
}

extension RuntimeFailure {
  /// In the words of someone who ran a batch of `shape`.
  func whileRunning(_ shape: [Int]) -> InferenceError {
    if message.contains("terminate flag") { return .cancelled }
    if isOutOfMemory { return .outOfMemory(doing: "a batch of \(shape.first ?? 1) images") }
    if code == 2, message.contains("dimension") || message.contains("rank") {
      return .wrongInputShape(given: shape, reason: sentence)
    }
    return .runFailed(sentence)
  }
}
