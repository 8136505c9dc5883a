import Networks

/// A batch of images as floats, and as a tensor of the type that the network takes.
@safe final class RuntimeInput {
  private let api: RuntimeAPI
  private let type: ElementType
  private let memory: RuntimeMemory
  private let floats = RawBuffer()
  /// In the network's own type where that is another.
  private let converted = RawBuffer()

  init(_ api: RuntimeAPI, type: ElementType) throws(InferenceError) {
    self.api = api
    self.type = type
    memory = try RuntimeMemory(api)
  }

  /// Lends `part` of `count` floats, to be filled.
  func lend<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    precondition(part.lowerBound >= 0 && part.upperBound <= count)
    floats.resize(byteCount: count * MemoryLayout<Float>.size)
    let lent = unsafe UnsafeMutableBufferPointer(rebasing: floats.floats[part])
    var span = unsafe lent.mutableSpan
    return try body(&span)
  }

  /// A tensor over what ``lend(count:part:_:)`` was given; valid until it is called again.
  func tensor(shape: [Int]) throws(RuntimeFailure) -> RuntimeHandle {
    if type == .float32 { return try memory.tensor(over: floats, type, shape: shape) }
    unsafe ElementConversion.encode(floats.floats, as: type, into: converted)
    return try memory.tensor(over: converted, type, shape: shape)
  }
}

/// The machine's main memory, as the engine calls it.
@safe struct RuntimeMemory {
  private let api: RuntimeAPI
  private let info: RuntimeHandle

  init(_ api: RuntimeAPI) throws(InferenceError) {
    self.api = api
    do throws(RuntimeFailure) {
      // Arena allocator, default memory.
      info = try unsafe RuntimeHandle(
        api.make { unsafe api.createMemoryInfo(1, 0, $0) }, unsafe api.releaseMemoryInfo)
    } catch {
      throw .runFailed(error.sentence)
    }
  }

  /// A tensor laid over `buffer`, which must outlive it.
  func tensor(
    over buffer: RawBuffer, _ type: ElementType, shape: [Int]
  ) throws(RuntimeFailure) -> RuntimeHandle {
    let lengths = shape.map(Int64.init)
    let code = type.runtimeCode ?? 1
    let bytes = unsafe buffer.bytes
    return try unsafe RuntimeHandle(
      api.make {
        unsafe api.createTensor(
          info.pointer, bytes.baseAddress, bytes.count, lengths, lengths.count, code, $0)
      }, unsafe api.releaseValue)
  }
}
