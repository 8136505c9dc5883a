/// The entries used of ONNX Runtime's table of C functions, `OrtApi`, each at its position.
///
/// The table only ever grows at its end, so a position never changes; the version asked for
/// (16) is provided by every library since 1.16. Positions counted from 0 in the public header
/// `onnxruntime_c_api.h`. Every function returns an `OrtStatus *`, nil on success, unless its
/// type says otherwise.
@safe struct RuntimeAPI: @unchecked Sendable {
  typealias Handle = OpaquePointer?
  typealias HandleOut = UnsafeMutablePointer<OpaquePointer?>
  typealias Text = UnsafePointer<CChar>?
  typealias TextOut = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  typealias Status = OpaquePointer?

  typealias CodeOfStatus = @convention(c) (Handle) -> Int32
  typealias MessageOfStatus = @convention(c) (Handle) -> Text
  typealias CreateEnv = @convention(c) (Int32, Text, HandleOut) -> Status
  typealias CreateSession =
    @convention(c) (Handle, UnsafeRawPointer?, Int, Handle, HandleOut) -> Status
  typealias Run =
    @convention(c) (
      Handle, Handle, UnsafePointer<Text>?, UnsafePointer<Handle>?, Int, UnsafePointer<Text>?, Int,
      HandleOut
    ) -> Status
  typealias Create = @convention(c) (HandleOut) -> Status
  typealias Switch = @convention(c) (Handle) -> Status
  typealias SetNumber = @convention(c) (Handle, Int32) -> Status
  typealias SetEntry = @convention(c) (Handle, Text, Text) -> Status
  typealias CountOf = @convention(c) (Handle, UnsafeMutablePointer<Int>) -> Status
  typealias HandleAt = @convention(c) (Handle, Int, HandleOut) -> Status
  typealias NameAt = @convention(c) (Handle, Int, Handle, TextOut) -> Status
  typealias HandleOf = @convention(c) (Handle, HandleOut) -> Status
  typealias NumberOf = @convention(c) (Handle, UnsafeMutablePointer<Int32>) -> Status
  typealias Lengths = @convention(c) (Handle, UnsafeMutablePointer<Int64>?, Int) -> Status
  typealias Symbols = @convention(c) (Handle, UnsafeMutablePointer<Text>?, Int) -> Status
  typealias CreateTensor =
    @convention(c) (
      Handle, UnsafeMutableRawPointer?, Int, UnsafePointer<Int64>?, Int, Int32, HandleOut
    ) -> Status
  typealias DataOf =
    @convention(c) (Handle, UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Status
  typealias CreateMemoryInfo = @convention(c) (Int32, Int32, HandleOut) -> Status
  typealias FreeText = @convention(c) (Handle, UnsafeMutableRawPointer?) -> Status
  typealias Release = @convention(c) (Handle) -> Void
  typealias Providers =
    @convention(c) (
      UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
      UnsafeMutablePointer<Int32>
    ) -> Status
  typealias FreeProviders =
    @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, Int32) -> Status
  typealias Append = @convention(c) (Handle, Handle) -> Status
  typealias AppendNamed =
    @convention(c) (Handle, Text, UnsafePointer<Text>?, UnsafePointer<Text>?, Int) -> Status

  let table: UnsafePointer<UnsafeRawPointer?>

  /// - Precondition: `table` is what a library's `GetApi(16)` returned.
  init(table: UnsafeRawPointer) {
    unsafe self.table = table.assumingMemoryBound(to: UnsafeRawPointer?.self)
  }

  private func entry<Function>(_ position: Int) -> Function {
    unsafe unsafeBitCast(table[position], to: Function.self)
  }

  typealias CreateStatus = @convention(c) (Int32, Text) -> Status
  typealias CreateNamed = @convention(c) (Text, HandleOut) -> Status
  typealias AddTable = @convention(c) (Handle, UnsafeRawPointer?) -> Status
  typealias SetText = @convention(c) (Handle, Text) -> Status
  typealias IntegerOf =
    @convention(c) (Handle, Text, UnsafeMutablePointer<Int64>) -> Status
  typealias MakeAt =
    @convention(c) (Handle, Int, UnsafePointer<Int64>?, Int, HandleOut) -> Status

  var createStatus: CreateStatus { unsafe entry(0) }
  var codeOfStatus: CodeOfStatus { unsafe entry(1) }
  var messageOfStatus: MessageOfStatus { unsafe entry(2) }
  var releaseStatus: Release { unsafe entry(93) }

  var createEnv: CreateEnv { unsafe entry(3) }
  var releaseEnv: Release { unsafe entry(92) }
  var availableProviders: Providers { unsafe entry(125) }
  var releaseProviders: FreeProviders { unsafe entry(126) }

  var createOptions: Create { unsafe entry(10) }
  var releaseOptions: Release { unsafe entry(100) }
  var setLogSeverity: SetNumber { unsafe entry(22) }
  var setOptimization: SetNumber { unsafe entry(23) }
  var setThreadCount: SetNumber { unsafe entry(24) }
  var setInterOpThreadCount: SetNumber { unsafe entry(25) }
  var addConfigEntry: SetEntry { unsafe entry(130) }
  var setOptimizedPath: SetText { unsafe entry(11) }

  var createDomain: CreateNamed { unsafe entry(26) }
  var addOperator: AddTable { unsafe entry(27) }
  var addDomain: Append { unsafe entry(28) }
  var releaseDomain: Release { unsafe entry(101) }
  var integerAttribute: IntegerOf { unsafe entry(86) }
  var contextInput: HandleAt { unsafe entry(90) }
  var contextOutput: MakeAt { unsafe entry(91) }

  var appendProvider: AppendNamed { unsafe entry(216) }
  var appendCUDA: Append { unsafe entry(204) }
  var createCUDAOptions: Create { unsafe entry(205) }
  var releaseCUDAOptions: Release { unsafe entry(208) }
  var appendTensorRT: Append { unsafe entry(170) }
  var createTensorRTOptions: Create { unsafe entry(171) }
  var releaseTensorRTOptions: Release { unsafe entry(174) }

  var createSession: CreateSession { unsafe entry(8) }
  var releaseSession: Release { unsafe entry(95) }
  var inputCount: CountOf { unsafe entry(30) }
  var outputCount: CountOf { unsafe entry(31) }
  var inputType: HandleAt { unsafe entry(33) }
  var outputType: HandleAt { unsafe entry(34) }
  var inputName: NameAt { unsafe entry(36) }
  var outputName: NameAt { unsafe entry(37) }
  var run: Run { unsafe entry(9) }

  var createRunOptions: Create { unsafe entry(39) }
  var releaseRunOptions: Release { unsafe entry(97) }
  var setTerminate: Switch { unsafe entry(46) }
  var unsetTerminate: Switch { unsafe entry(47) }

  var createTensor: CreateTensor { unsafe entry(49) }
  var dataOfTensor: DataOf { unsafe entry(51) }
  var releaseValue: Release { unsafe entry(96) }
  var tensorInfoOfType: HandleOf { unsafe entry(55) }
  var tensorInfoOfValue: HandleOf { unsafe entry(65) }
  var releaseTypeInfo: Release { unsafe entry(98) }
  var releaseTensorInfo: Release { unsafe entry(99) }
  var elementType: NumberOf { unsafe entry(60) }
  var dimensionCount: CountOf { unsafe entry(61) }
  var dimensions: Lengths { unsafe entry(62) }
  var symbolicDimensions: Symbols { unsafe entry(63) }

  var createMemoryInfo: CreateMemoryInfo { unsafe entry(69) }
  var releaseMemoryInfo: Release { unsafe entry(94) }
  var defaultAllocator: Create { unsafe entry(78) }
  var freeText: FreeText { unsafe entry(76) }
}
