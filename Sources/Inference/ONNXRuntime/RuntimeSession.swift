import Networks

/// A network prepared by ONNX Runtime.
final class RuntimeSession: InferenceSession {
  let inputs: [NetworkPort]
  let outputs: [NetworkPort]

  let engine: RuntimeEngine
  let handle: RuntimeHandle
  /// Shared by all runs, so that one switch ends them all.
  let runOptions: RuntimeHandle
  private let environment: RuntimeHandle
  /// Must outlive the session.
  private let operators: ReductionOperator?

  /// The network in the file at `path`.
  convenience init(
    engine: RuntimeEngine, environment: RuntimeHandle, path: String, exposing: [String],
    options: SessionOptions
  ) throws(InferenceError) {
    let model = try MappedModel(
      path: path, appending: OutputExposure.bytes(exposing: exposing))
    try unsafe self.init(
      engine: engine, environment: environment, model: UnsafeRawBufferPointer(model.bytes),
      path: path, exposing: exposing, options: options)
  }

  /// The network in `model`, which is not needed afterwards; `path` is the file it comes from.
  ///
  /// - Parameters:
  ///   - operators: What the network uses beside the engine's own operators.
  ///   - savingTo: Where the optimised model is written; nil for nowhere.
  init(
    engine: RuntimeEngine, environment: RuntimeHandle, model data: UnsafeRawBufferPointer,
    path: String, exposing: [String], options: SessionOptions,
    operators: ReductionOperator? = nil, savingTo optimizedPath: String? = nil
  ) throws(InferenceError) {
    let api = engine.library.api
    let settings = try RuntimeSettings.make(options, engine: engine, modelPath: path)
    do throws(RuntimeFailure) {
      try operators?.register(with: settings)
      if let optimizedPath {
        try unsafe api.check(api.setOptimizedPath(settings.pointer, optimizedPath))
      }
      handle = try unsafe RuntimeHandle(
        api.make {
          unsafe api.createSession(
            environment.pointer, data.baseAddress, data.count, settings.pointer, $0)
        }, unsafe api.releaseSession)
      runOptions = try unsafe RuntimeHandle(
        api.make { unsafe api.createRunOptions($0) }, unsafe api.releaseRunOptions)
      inputs = try unsafe api.ports(
        of: handle.pointer, api.inputCount, api.inputName, api.inputType)
      outputs = try unsafe api.ports(
        of: handle.pointer, api.outputCount, api.outputName, api.outputType)
    } catch {
      throw error.whileOpening(path, exposing: exposing)
    }
    self.engine = engine
    self.environment = environment
    self.operators = operators
  }

  func makeRun(yielding requests: [TensorRequest]) throws(InferenceError) -> any InferenceRun {
    guard inputs.count == 1 else { throw .severalInputs(inputs.map(\.name)) }
    guard inputs[0].elementType.isImageType else {
      throw .unusableInput(name: inputs[0].name, type: inputs[0].elementType)
    }
    let names = Set(outputs.map(\.name))
    if let missing = requests.first(where: { !names.contains($0.name) }) {
      throw .noSuchTensor(missing.name)
    }
    return try RuntimeRun(session: self, input: inputs[0], requests: requests)
  }

  func cancel() {
    let api = engine.library.api
    unsafe api.discard(api.setTerminate(runOptions.pointer))
  }

  func resume() {
    let api = engine.library.api
    unsafe api.discard(api.unsetTerminate(runOptions.pointer))
  }
}

extension RuntimeFailure {
  /// In the words of someone who opened the model at `path`.
  fileprivate func whileOpening(_ path: String, exposing: [String]) -> InferenceError {
    if let name = unknownOperator { return .unknownOperator(name: name, path: path) }
    if isOutOfMemory { return .outOfMemory(doing: "loading the model \(path)") }
    if message.contains("rotobuf parsing failed") {
      return .modelRejected(
        path: path, reason: "it is damaged, cut short or no ONNX file; export or copy it again")
    }
    if message.contains("No graph was found") {
      return .modelRejected(path: path, reason: "it holds no network")
    }
    if message.contains("xternal data path") || message.contains("model_path must not be empty") {
      return .modelRejected(
        path: path,
        reason: "its weights are in a file of their own, which cannot be read; put that beside"
          + " the model, and use ONNX Runtime 1.22 or newer (\(sentence))")
    }
    if let name = exposing.first(where: { message.contains("'\($0)'") || message.contains($0) }),
      message.contains("graph output")
    {
      return .noSuchTensor(name)
    }
    return .modelRejected(path: path, reason: sentence)
  }
}

extension RuntimeAPI {
  /// Names, types and shapes of a session's inputs or outputs.
  fileprivate func ports(
    of session: OpaquePointer, _ countOf: CountOf, _ nameAt: NameAt, _ typeAt: HandleAt
  ) throws(RuntimeFailure) -> [NetworkPort] {
    var count = 0
    try unsafe check(countOf(session, &count))
    let allocator = try unsafe make { unsafe defaultAllocator($0) }
    var ports: [NetworkPort] = []
    for index in 0..<count {
      var text: UnsafeMutablePointer<CChar>?
      try unsafe check(nameAt(session, index, allocator, &text))
      let name = unsafe text.map { unsafe String(cString: $0) } ?? ""
      unsafe discard(freeText(allocator, text))
      let type = try unsafe RuntimeHandle(
        make { unsafe typeAt(session, index, $0) }, releaseTypeInfo)
      ports.append(try port(named: name, type))
    }
    return ports
  }

  private func port(
    named name: String, _ type: RuntimeHandle
  ) throws(RuntimeFailure) -> NetworkPort {
    var info: OpaquePointer?
    try unsafe check(tensorInfoOfType(type.pointer, &info))
    guard let info = unsafe info else {
      return NetworkPort(name: name, elementType: .other, shape: nil)
    }
    var code: Int32 = 0
    try unsafe check(elementType(info, &code))
    let lengths = try unsafe lengths(of: info)
    var symbols = unsafe Array<Text>(repeating: nil, count: lengths.count)
    try unsafe check(symbolicDimensions(info, &symbols, symbols.count))
    let dimensions = unsafe zip(lengths, symbols).map { length, symbol -> Dimension in
      if length >= 0 { return .fixed(length) }
      let name = unsafe symbol.map { unsafe String(cString: $0) } ?? ""
      return name.isEmpty ? .unknown : .symbolic(name)
    }
    return NetworkPort(
      name: name, elementType: ElementType(runtimeCode: code), shape: TensorShape(dimensions))
  }

  /// Lengths of a tensor's axes; negative where free.
  func lengths(of info: OpaquePointer) throws(RuntimeFailure) -> [Int] {
    var rank = 0
    try unsafe check(dimensionCount(info, &rank))
    var lengths = Array<Int64>(repeating: 0, count: rank)
    try unsafe check(dimensions(info, &lengths, rank))
    return lengths.map(Int.init)
  }
}

extension ElementType {
  /// Whether floats can be given as it.
  var isImageType: Bool {
    switch self {
    case .float32, .float16, .float64, .uint8, .int8: true
    default: false
    }
  }

  /// In the order of `ONNXTensorElementDataType`, from 1.
  private static let inRuntimeOrder: [ElementType] = [
    .float32, .uint8, .int8, .uint16, .int16, .int32, .int64, .string, .bool, .float16, .float64,
    .uint32, .uint64, .other, .other, .bfloat16,
  ]

  init(runtimeCode: Int32) {
    let index = Int(runtimeCode) - 1
    self = Self.inRuntimeOrder.indices.contains(index) ? Self.inRuntimeOrder[index] : .other
  }

  /// Its number in the engine; nil for what has none.
  var runtimeCode: Int32? {
    guard self != .other, let index = Self.inRuntimeOrder.firstIndex(of: self) else { return nil }
    return Int32(index + 1)
  }

  /// Bytes of one element; 0 for those without a fixed size.
  var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    case .string, .other: 0
    }
  }
}
