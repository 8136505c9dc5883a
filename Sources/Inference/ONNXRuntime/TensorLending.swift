import Networks

/// Element type and lengths of a tensor's axes.
struct TensorFacts {
  var type: ElementType
  var shape: [Int]

  /// Product of the axes; nil where it is impossible.
  var count: Int? {
    var count = 1
    for length in shape {
      let (product, isOverflowing) = count.multipliedReportingOverflow(by: length)
      guard !isOverflowing, length >= 0 else { return nil }
      count = product
    }
    return count
  }
}

extension RuntimeAPI {
  /// Type and shape of a tensor.
  func facts(of value: OpaquePointer) throws(RuntimeFailure) -> TensorFacts {
    let info = try unsafe RuntimeHandle(
      make { unsafe tensorInfoOfValue(value, $0) }, releaseTensorInfo)
    var code: Int32 = 0
    try unsafe check(elementType(info.pointer, &code))
    return unsafe TensorFacts(
      type: ElementType(runtimeCode: code), shape: try lengths(of: info.pointer))
  }

  /// Where a tensor's elements are.
  func data(of value: OpaquePointer) throws(RuntimeFailure) -> UnsafeMutableRawPointer {
    var data: UnsafeMutableRawPointer?
    try unsafe check(dataOfTensor(value, &data))
    guard let data = unsafe data else {
      throw RuntimeFailure(code: 1, message: "it holds no data")
    }
    return unsafe data
  }

  /// Lends a tensor as floats, row-major.
  ///
  /// - Parameter scratch: Where numbers of another type are converted to.
  func lend<Result>(
    _ value: OpaquePointer, as request: TensorRequest, scratch: RawBuffer,
    _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result {
    let (facts, data) = try unsafe located(value, request)
    guard let count = facts.count else {
      throw InferenceError.unusableTensor(name: request.name, reason: "its shape is impossible")
    }
    if facts.type == .float32 {
      let floats = unsafe UnsafeBufferPointer(
        start: data?.assumingMemoryBound(to: Float.self), count: count)
      return try body(facts.shape, unsafe floats.span)
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: count * facts.type.byteCount)
    guard
      unsafe ElementConversion.decode(bytes, facts.type, request, count: count, into: scratch)
    else {
      throw InferenceError.unusableTensor(
        name: request.name, reason: "it holds \(facts.type.rawValue) values")
    }
    return try body(facts.shape, unsafe scratch.floats.span)
  }

  /// What a tensor is and where its elements are; an empty one has no place.
  private func located(
    _ value: OpaquePointer, _ request: TensorRequest
  ) throws(InferenceError) -> (TensorFacts, UnsafeMutableRawPointer?) {
    do throws(RuntimeFailure) {
      let facts = try unsafe facts(of: value)
      return unsafe (facts, facts.count == 0 ? nil : try data(of: value))
    } catch {
      throw .unusableTensor(name: request.name, reason: error.sentence)
    }
  }
}
