import Networks

/// The file's operators and the tensors between them, by index.
struct OperatorGraph: Sendable {
  var tensors: [GraphTensor] = []
  /// In topological order.
  var nodes: [GraphNode] = []
  /// Tensors that the user gives; initialisers listed as inputs are not among them.
  var inputs: [Int] = []
  var outputs: [Int] = []
  var opset = 0
  var notes: [String] = []

  /// The node that makes `tensor`.
  func producer(of tensor: Int) -> GraphNode? {
    tensors[tensor].producer.map { nodes[$0] }
  }
}

struct GraphTensor: Sendable {
  var name: String
  /// Place in `nodes`; nil for inputs and stored tensors.
  var producer: Int?
  /// Live nodes that read it as data, in order; one entry a reading.
  var consumers: [Int] = []
  var isOutput = false
  var kind = ONNXValueInfo.Kind.tensor
  var typeCode: Int?
  var shape: [Dimension]?
  var constant: ConstantSource?
  /// Its numbers as far as they are known, for the small integer tensors that shapes are made of.
  var value: ShapeValue?

  /// Longest axis that is believed.
  static let longestAxis = 1 << 40

  var elementType: ElementType? { typeCode.map(ElementType.init(onnxCode:)) }
  /// Does not depend on the network's input.
  var isFixed: Bool { constant != nil || value?.integers != nil }
}

struct GraphNode: Sendable {
  /// Its message's bytes in the file.
  var range: Range<Int>
  var name: String
  /// As in the file.
  var operatorName: String
  var domain: String
  var inputs: [Int?]
  var outputs: [Int?]
  var attributes: [ONNXAttribute]
  /// Tensors of this graph that its sub-graphs read.
  var subgraphReads: [Int] = []
  /// Reaches an output and is not folded away.
  var isLive = false

  /// The operator; operators of foreign domains carry their domain, so that they match no rule.
  var kind: String {
    domain.isEmpty || domain == "com.microsoft" ? operatorName : "\(domain).\(operatorName)"
  }

  func attribute(_ name: String) -> ONNXAttribute? { attributes.first { $0.name == name } }
  func int(_ name: String) -> Int? { attribute(name)?.int }
  func float(_ name: String) -> Float? { attribute(name)?.float }
  func string(_ name: String) -> String? { attribute(name)?.string }
  /// A list of integers; nil when absent or empty.
  func ints(_ name: String) -> [Int]? {
    guard let found = attribute(name), !found.ints.isEmpty else { return nil }
    return found.ints
  }

  /// The tensor at place `index` of the inputs, nil when left out.
  func input(_ index: Int) -> Int? { inputs.indices.contains(index) ? inputs[index] : nil }
  func output(_ index: Int) -> Int? { outputs.indices.contains(index) ? outputs[index] : nil }
}

/// A small integer tensor whose elements may be free lengths, such as `[batch, 64]`.
struct ShapeValue: Sendable {
  /// Its own dimensions.
  var dimensions: [Int]
  var items: [Dimension]

  /// The elements when all are numbers.
  var integers: [Int]? {
    let known = items.compactMap(\.length)
    return known.count == items.count ? known : nil
  }

  /// Most elements that are followed; shapes, pads and slices need a dozen.
  static let limit = 1024
}
