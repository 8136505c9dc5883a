import Networks

/// The way back from a layer's input to a tensor in which a source is alone, through operators that
/// act on each addend of a sum by itself: sums, rectifiers where it is known where they passed, maximum
/// pools where it is known what they took, products with a gate, batch normalisation but for its
/// shift, cuts of rows and columns, added channels, means over positions, and flattening, which
/// changes no order.
struct InfluenceWalk {
  var tensor: Int
  /// From the target back.
  private(set) var steps: [InfluencePath.Step] = []
  private(set) var isOwnPart = false

  /// - Parameter tensor: The target's input.
  init(tensor: Int) {
    self.tensor = tensor
  }

  /// Goes back through the operator that makes the tensor; false where that does something else.
  mutating func step(
    back node: GraphNode, to source: LayerEndpoint, _ resolver: GraphResolver,
    _ flows: [TensorFlow?]
  ) -> Bool {
    let look = StepLook(node: node, output: tensor, resolver: resolver, flows: flows)
    switch node.kind {
    case "Add", "Sum":
      guard let addend = look.operand(of: source), look.keepsShape(addend) else { return false }
      isOwnPart = true
      return go(to: addend, [])
    case "Mul":
      guard let factor = look.operand(of: source), let gate = look.gate(of: factor) else {
        return false
      }
      isOwnPart = true
      return go(to: factor, [.multiply(tensor: look.name(gate))])
    case "Relu": return go(to: node.input(0), [.gate(tensor: look.name(tensor))])
    case "MaxPool": return go(to: node.input(0), look.picks)
    case "BatchNormalization": return go(to: node.input(0), look.scaling.map { [.scale($0)] })
    case "Identity", "Dropout":
      return go(to: node.input(0), node.input(0).map(look.keepsShape) == true ? [] : nil)
    case "Slice": return go(to: node.input(0), look.selections)
    case "Pad": return go(to: node.input(0), look.widening)
    case "Flatten", "Reshape", "Squeeze":
      return go(to: node.input(0), look.flattens ? [] : nil)
    case "GlobalAveragePool", "AveragePool", "ReduceMean":
      return go(to: node.input(0), look.averages ? [.average] : look.means)
    default: return false
    }
  }

  private mutating func go(to input: Int?, _ found: [InfluencePath.Step]?) -> Bool {
    guard let input, let found else { return false }
    steps += found.reversed()
    tensor = input
    return true
  }
}
