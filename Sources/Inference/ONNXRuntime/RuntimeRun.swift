import Networks

/// Runs batches on one thread through a shared session.
@safe final class RuntimeRun: InferenceRun {
  private let session: RuntimeSession
  private let api: RuntimeAPI
  private let memoryInfo: RuntimeHandle
  private let inputType: ElementType
  private let inputName: NameBuffer
  private let outputNames: [NameBuffer]
  private let requests: [TensorRequest]

  /// The input as floats, and in the network's own type where that is another.
  private let input = RawBuffer()
  private let converted = RawBuffer()
  private var results: [OpaquePointer?] = unsafe []
  private let scratch = RawBuffer()

  private(set) var outputByteCount = 0

  init(
    session: RuntimeSession, input: NetworkPort, requests: [TensorRequest]
  ) throws(InferenceError) {
    let api = session.engine.library.api
    do throws(RuntimeFailure) {
      // Arena allocator, default memory.
      memoryInfo = try unsafe RuntimeHandle(
        api.make { unsafe api.createMemoryInfo(1, 0, $0) }, unsafe api.releaseMemoryInfo)
    } catch {
      throw .runFailed(error.sentence)
    }
    self.session = session
    self.api = api
    self.requests = requests
    inputType = input.elementType
    inputName = NameBuffer(input.name)
    outputNames = requests.map { NameBuffer($0.name) }
  }

  deinit { releaseResults() }

  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    precondition(part.lowerBound >= 0 && part.upperBound <= count)
    input.resize(byteCount: count * MemoryLayout<Float>.size)
    let lent = unsafe UnsafeMutableBufferPointer(rebasing: input.floats[part])
    var span = unsafe lent.mutableSpan
    return try body(&span)
  }

  func execute(shape: [Int]) throws(InferenceError) {
    releaseResults()
    unsafe results = Array(repeating: nil, count: requests.count)
    do throws(RuntimeFailure) {
      try unsafe withInputTensor(shape: shape) { (tensor) throws(RuntimeFailure) in
        try unsafe run(tensor)
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
      let facts = try unsafe facts(of: value)
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

  /// Lends the input as a tensor of the network's type over our own buffer.
  private func withInputTensor(
    shape: [Int], _ body: (OpaquePointer) throws(RuntimeFailure) -> Void
  ) throws(RuntimeFailure) {
    let lengths = shape.map(Int64.init)
    let code = inputType.runtimeCode ?? 1
    if inputType != .float32 {
      unsafe ElementConversion.encode(input.floats, as: inputType, into: converted)
    }
    let bytes = unsafe inputType == .float32 ? input.bytes : converted.bytes
    let tensor = try unsafe RuntimeHandle(
      api.make {
        unsafe api.createTensor(
          memoryInfo.pointer, bytes.baseAddress, bytes.count, lengths, lengths.count, code, $0)
      }, unsafe api.releaseValue)
    try unsafe body(tensor.pointer)
  }

  func withOutput<Result>(
    _ index: Int, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result {
    guard unsafe results.indices.contains(index), let value = unsafe results[index] else {
      throw InferenceError.noSuchTensor("number \(index)")
    }
    let (request, type, shape, data) = try unsafe located(index, value)
    let (count, isOverflowing) = shape.reduce((1, false)) { partial, length in
      let (product, overflow) = partial.0.multipliedReportingOverflow(by: length)
      return (product, partial.1 || overflow || length < 0)
    }
    guard !isOverflowing else {
      throw InferenceError.unusableTensor(name: request.name, reason: "its shape is impossible")
    }
    if type == .float32 {
      let floats = unsafe UnsafeBufferPointer(
        start: data.assumingMemoryBound(to: Float.self), count: count)
      return try body(shape, unsafe floats.span)
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: count * type.byteCount)
    guard unsafe ElementConversion.decode(bytes, type, request, count: count, into: scratch) else {
      throw InferenceError.unusableTensor(
        name: request.name, reason: "it holds \(type.rawValue) values")
    }
    return try body(shape, unsafe scratch.floats.span)
  }

  private func located(
    _ index: Int, _ value: OpaquePointer
  ) throws(InferenceError) -> (TensorRequest, ElementType, [Int], UnsafeMutableRawPointer) {
    let request = requests[index]
    do throws(RuntimeFailure) {
      let facts = try unsafe facts(of: value)
      var data: UnsafeMutableRawPointer?
      try unsafe api.check(api.dataOfTensor(value, &data))
      guard let data = unsafe data else {
        throw RuntimeFailure(code: 1, message: "it holds no data")
      }
      return unsafe (request, facts.type, facts.shape, data)
    } catch {
      throw .unusableTensor(name: request.name, reason: error.sentence)
    }
  }

  private func facts(
    of value: OpaquePointer
  ) throws(RuntimeFailure) -> (type: ElementType, shape: [Int]) {
    let info = try unsafe RuntimeHandle(
      api.make { unsafe api.tensorInfoOfValue(value, $0) }, unsafe api.releaseTensorInfo)
    var code: Int32 = 0
    try unsafe api.check(api.elementType(info.pointer, &code))
    return unsafe (ElementType(runtimeCode: code), try api.lengths(of: info.pointer))
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
  fileprivate func whileRunning(_ shape: [Int]) -> InferenceError {
    if message.contains("terminate flag") { return .cancelled }
    if isOutOfMemory { return .outOfMemory(doing: "a batch of \(shape.first ?? 1) images") }
    if code == 2, message.contains("dimension") || message.contains("rank") {
      return .wrongInputShape(given: shape, reason: sentence)
    }
    return .runFailed(sentence)
  }
}
