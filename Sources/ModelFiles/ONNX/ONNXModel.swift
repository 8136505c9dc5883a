import Networks

/// What an ONNX file says, with weights left where they are.
struct ONNXModel: Sendable {
  var irVersion = 0
  var opsets: [ONNXOperatorSet] = []
  var producer = ""
  var producerVersion = ""
  var metadata: [(key: String, value: String)] = []
  var graph = ONNXGraph()
  var hasGraph = false
  /// Operators that the model defines itself.
  var functionCount = 0

  /// The version of ONNX's own operators.
  var opset: Int {
    opsets.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }?.version ?? 1
  }
}

struct ONNXOperatorSet: Sendable {
  var domain = ""
  var version = 0
}

struct ONNXGraph: Sendable {
  var nodes: [ONNXNode] = []
  var initializers: [ONNXTensor] = []
  var inputs: [ONNXValueInfo] = []
  var outputs: [ONNXValueInfo] = []
  var valueInfos: [ONNXValueInfo] = []
  var sparseInitializerNames: [String] = []
}

struct ONNXNode: Sendable {
  /// Its message's bytes in the file.
  var range = 0..<0
  var name = ""
  var operatorName = ""
  /// Empty for ONNX's own operators.
  var domain = ""
  var inputs: [String] = []
  var outputs: [String] = []
  var attributes: [ONNXAttribute] = []
}

struct ONNXAttribute: Sendable {
  var name = ""
  var float: Float?
  var int: Int?
  var string: String?
  var tensor: ONNXTensor?
  var floats: [Float] = []
  var ints: [Int] = []
  var strings: [String] = []
  /// Names that a sub-graph (of `If`, `Loop`, `Scan`) reads, its own included; nil without one.
  var subgraphReads: [String]?
  /// Operators in the sub-graph and those inside it.
  var subgraphNodeCount = 0
}

/// A tensor's place in the file.
struct ONNXTensor: Sendable {
  /// Its message's bytes in the file.
  var range = 0..<0
  var name = ""
  var dimensions: [Int] = []
  /// `TensorProto.DataType`.
  var typeCode = 0
  var storage = ONNXStorage.none

  /// Product of the dimensions; nil when one is negative or the product overflows.
  var count: Int? { dimensions.checkedProduct }

  var elementType: ElementType { ElementType(onnxCode: typeCode) }
}

/// Where the numbers of a tensor stand.
enum ONNXStorage: Sendable {
  case none
  /// Little-endian numbers in the model file.
  case raw(Range<Int>)
  /// Typed protobuf fields in the model file, in order.
  case fields(ONNXFieldKind, [Range<Int>])
  /// Integers that stood one by one.
  case numbers([Int])
  /// Little-endian numbers in another file of the model's folder.
  case external(ONNXExternalData)
}

/// The protobuf field that holds a tensor's numbers.
enum ONNXFieldKind: Sendable {
  case float, double
  /// `int32_data`, `int64_data`, `uint64_data`: 7-bit groups.
  case varint
}

struct ONNXExternalData: Sendable {
  var location = ""
  var offset = 0
  /// Nil means to the end of the file.
  var length: Int?
}

struct ONNXValueInfo: Sendable {
  enum Kind: Sendable { case tensor, sequence, map, optional, sparse, missing }
  var name = ""
  var kind = Kind.missing
  var typeCode = 0
  /// Nil where the file gives no shape.
  var shape: [Dimension]?
}

extension [Int] {
  /// The product; nil when one is negative or it overflows.
  var checkedProduct: Int? {
    var product = 1
    for value in self {
      guard value >= 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: value)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}

extension ElementType {
  /// `TensorProto.DataType` of onnx.proto.
  init(onnxCode: Int) {
    let known: [Int: ElementType] = [
      1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 8: .string,
      9: .bool, 10: .float16, 11: .float64, 12: .uint32, 13: .uint64, 16: .bfloat16,
    ]
    self = known[onnxCode] ?? .other
  }

  var isFloatingPoint: Bool {
    switch self {
    case .float16, .float32, .float64, .bfloat16: true
    default: false
    }
  }

  var isInteger: Bool {
    switch self {
    case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64: true
    default: false
    }
  }

  /// Bytes of one stored element; nil for text and what we don't read.
  var byteCount: Int? {
    switch self {
    case .int8, .uint8, .bool: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    case .string, .other: nil
    }
  }
}
