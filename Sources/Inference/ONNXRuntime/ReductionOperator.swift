/// The operator `convscope.ReduceMaps`: calls a ``MapReducer`` on a tensor in the middle of a run.
///
/// A custom operator as ONNX Runtime's C interface wants it: a table `OrtCustomOp` of a version and
/// functions, whose order never changes. Behind the table lies a reference to this object, so that
/// the functions, which can capture nothing, find it.
@safe final class ReductionOperator: @unchecked Sendable {
  static let domain = "convscope"
  static let name = "ReduceMaps"

  fileprivate let api: RuntimeAPI
  fileprivate let reducer: any MapReducer
  fileprivate let nameText = NameBuffer(ReductionOperator.name)
  private let table: UnsafeMutableRawPointer
  private let handle: RuntimeHandle

  /// Version of the table, that of the functions asked for.
  private static let version: UInt32 = 16
  /// Words of the table, and where the reference to this object lies behind them.
  private static let (wordCount, ownWord) = (40, 39)

  init(_ api: RuntimeAPI, reducer: any MapReducer) throws(RuntimeFailure) {
    self.api = api
    self.reducer = reducer
    let size = MemoryLayout<Int>.stride
    unsafe table = .allocate(byteCount: Self.wordCount * size, alignment: size)
    unsafe table.initializeMemory(as: UInt8.self, repeating: 0, count: Self.wordCount * size)
    handle = try unsafe RuntimeHandle(
      api.make { unsafe api.createDomain(Self.domain, $0) }, unsafe api.releaseDomain)
    unsafe table.storeBytes(of: Self.version, as: UInt32.self)
    unsafe store(Unmanaged.passUnretained(self).toOpaque(), at: Self.ownWord)
    fillTable()
    try unsafe api.check(api.addOperator(handle.pointer, UnsafeRawPointer(table)))
  }

  deinit { unsafe table.deallocate() }

  /// Makes the operator known to sessions with `settings`; both must outlive them.
  func register(with settings: RuntimeHandle) throws(RuntimeFailure) {
    try unsafe api.check(api.addDomain(settings.pointer, handle.pointer))
  }

  private func store(_ pointer: UnsafeRawPointer, at word: Int) {
    unsafe table.storeBytes(of: pointer, toByteOffset: word * 8, as: UnsafeRawPointer.self)
  }

  /// Positions as in `OrtCustomOp`, the version being word 0; those left out stay nil.
  private func fillTable() {
    unsafe store(unsafeBitCast(ReductionFunctions.name, to: UnsafeRawPointer.self), at: 2)
    unsafe store(unsafeBitCast(ReductionFunctions.provider, to: UnsafeRawPointer.self), at: 3)
    for word in [4, 6] {
      unsafe store(unsafeBitCast(ReductionFunctions.type, to: UnsafeRawPointer.self), at: word)
    }
    for word in [5, 7] {
      unsafe store(unsafeBitCast(ReductionFunctions.count, to: UnsafeRawPointer.self), at: word)
    }
    unsafe store(unsafeBitCast(ReductionFunctions.destroy, to: UnsafeRawPointer.self), at: 9)
    for word in [10, 11, 12] {
      unsafe store(unsafeBitCast(ReductionFunctions.usual, to: UnsafeRawPointer.self), at: word)
    }
    unsafe store(unsafeBitCast(ReductionFunctions.create, to: UnsafeRawPointer.self), at: 17)
    unsafe store(unsafeBitCast(ReductionFunctions.compute, to: UnsafeRawPointer.self), at: 18)
  }

  /// The object behind a table.
  fileprivate static func behind(_ table: UnsafeRawPointer) -> ReductionOperator {
    let pointer = unsafe table.load(fromByteOffset: ownWord * 8, as: UnsafeRawPointer.self)
    return unsafe Unmanaged<ReductionOperator>.fromOpaque(pointer).takeUnretainedValue()
  }
}

/// What the engine calls.
private enum ReductionFunctions {
  typealias Table = UnsafeRawPointer?
  typealias Kernel = UnsafeMutableRawPointer?
  typealias Name = @convention(c) (Table) -> RuntimeAPI.Text
  typealias Kind = @convention(c) (Table, Int) -> Int32
  typealias Count = @convention(c) (Table) -> Int
  typealias Create =
    @convention(c) (
      Table, UnsafeRawPointer?, OpaquePointer?, UnsafeMutablePointer<Kernel>?
    ) -> RuntimeAPI.Status
  typealias Compute = @convention(c) (Kernel, OpaquePointer?) -> RuntimeAPI.Status
  typealias Destroy = @convention(c) (Kernel) -> Void

  static var name: Name {
    { table in
      guard let table = unsafe table else { return nil }
      return unsafe RuntimeAPI.Text(ReductionOperator.behind(table).nameText.pointer)
    }
  }

  /// Nil: the CPU.
  static var provider: Name { { _ in nil } }
  /// `ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT`.
  static var type: Kind { { _, _ in 1 } }
  static var count: Count { { _ in 1 } }
  /// `INPUT_OUTPUT_REQUIRED`, and `OrtMemTypeDefault`.
  static var usual: Kind { { _, _ in 0 } }

  static var create: Create {
    { table, _, info, result in
      guard let table = unsafe table, let result = unsafe result else { return nil }
      let owner = unsafe ReductionOperator.behind(table)
      do throws(RuntimeFailure) {
        let kernel = try unsafe ReductionKernel(owner.api, owner.reducer, info)
        unsafe result.pointee = Unmanaged.passRetained(kernel).toOpaque()
        return nil
      } catch {
        return unsafe owner.api.status(error)
      }
    }
  }

  static var compute: Compute {
    { pointer, context in
      guard let pointer = unsafe pointer else { return nil }
      let kernel = unsafe Unmanaged<ReductionKernel>.fromOpaque(pointer).takeUnretainedValue()
      do throws(RuntimeFailure) {
        try unsafe kernel.compute(context)
        return nil
      } catch {
        return unsafe kernel.api.status(error)
      }
    }
  }

  static var destroy: Destroy {
    { pointer in
      guard let pointer = unsafe pointer else { return }
      unsafe Unmanaged<ReductionKernel>.fromOpaque(pointer).release()
    }
  }
}

/// One node's reduction.
@safe private final class ReductionKernel {
  let api: RuntimeAPI
  private let reducer: any MapReducer
  private let neuronCount: Int
  private let channelAxis: Int
  private let blockSize: Int

  init(
    _ api: RuntimeAPI, _ reducer: any MapReducer, _ info: RuntimeAPI.Handle
  ) throws(RuntimeFailure) {
    self.api = api
    self.reducer = reducer
    neuronCount = try unsafe api.attribute("neurons", of: info)
    channelAxis = try unsafe api.attribute("axis", of: info)
    blockSize = try unsafe api.attribute("block", of: info)
  }

  func compute(_ context: RuntimeAPI.Handle) throws(RuntimeFailure) {
    let input = try unsafe api.make { unsafe api.contextInput(context, 0, $0) }
    let shape = try unsafe api.shape(of: input)
    let maps = TensorMaps(
      shape: shape, channelAxis: channelAxis, neuronCount: neuronCount, blockSize: blockSize)
    let lengths = [reducer.imageCount(maps) ?? 0, neuronCount, reducer.numbersPerNeuron]
    let output = try unsafe api.make {
      unsafe api.contextOutput(context, 0, lengths.map(Int64.init), lengths.count, $0)
    }
    guard lengths[0] > 0 else { return }
    let values = try unsafe floats(of: input, count: shape.reduce(1, *))
    let numbers = try unsafe floats(of: output, count: lengths.reduce(1, *))
    var lent = unsafe numbers.mutableSpan
    guard unsafe reducer.reduce(UnsafeBufferPointer(values).span, maps, into: &lent) else {
      throw RuntimeFailure(code: 1, message: "a layer of shape \(shape) cannot be summarised")
    }
  }

  private func floats(
    of tensor: OpaquePointer, count: Int
  ) throws(RuntimeFailure) -> UnsafeMutableBufferPointer<Float> {
    var data: UnsafeMutableRawPointer?
    try unsafe api.check(api.dataOfTensor(tensor, &data))
    return unsafe UnsafeMutableBufferPointer(
      start: data?.assumingMemoryBound(to: Float.self), count: unsafe data == nil ? 0 : count)
  }
}

extension RuntimeAPI {
  fileprivate func attribute(_ name: String, of info: Handle) throws(RuntimeFailure) -> Int {
    var value: Int64 = 0
    try unsafe check(integerAttribute(info, name, &value))
    return Int(clamping: value)
  }

  fileprivate func shape(of tensor: OpaquePointer) throws(RuntimeFailure) -> [Int] {
    let info = try unsafe RuntimeHandle(
      make { unsafe tensorInfoOfValue(tensor, $0) }, releaseTensorInfo)
    return try unsafe lengths(of: info.pointer)
  }

  fileprivate func status(_ failure: RuntimeFailure) -> Status {
    unsafe createStatus(Int32(clamping: failure.code), failure.message)
  }
}
