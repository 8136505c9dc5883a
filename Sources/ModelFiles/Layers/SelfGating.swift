/// An activation written as several operators on one tensor, such as x · sigmoid(x).
struct SelfGating {
  /// `SiLU`, `HardSwish`, `Mish` or `Gelu`.
  let name: String
  let nodes: [Int]
  let output: Int

  private static let parts: Set<String> = [
    "Sigmoid", "HardSigmoid", "Softplus", "Tanh", "Erf", "Mul", "Add", "Sub", "Div", "Clip",
    "Relu", "Pow", "Exp", "Neg", "Identity", "Cast",
  ]

  /// Nil unless all that reads `tensor` meets again in one tensor, elementwise and with constants
  /// only, and multiplies two things made from it.
  init?(from tensor: Int, in resolver: GraphResolver) {
    let graph = resolver.graph
    var inside: Set<Int> = [tensor]
    var members: [Int] = []
    var waiting = Set(graph.tensors[tensor].consumers)
    var output: Int?
    while members.count < 16, let next = waiting.min() {
      let node = graph.nodes[next]
      guard Self.parts.contains(node.kind), let made = node.output(0),
        node.dataInputs.allSatisfy({ inside.contains($0) || graph.tensors[$0].isFixed })
      else { break }
      waiting.remove(next)
      members.append(next)
      inside.insert(made)
      if waiting.isEmpty {
        output = made
        break
      }
      guard !graph.tensors[made].isOutput else { return nil }
      waiting.formUnion(graph.tensors[made].consumers)
    }
    guard var output, let name = Self.name(members, inside, graph) else { return nil }
    // The constant factor of a hard swish may stand last.
    let readers = graph.tensors[output].consumers
    if !graph.tensors[output].isOutput, readers.count == 1, let last = readers.first {
      let node = graph.nodes[last]
      let others = node.dataInputs.filter { $0 != output }
      if node.kind == "Div" || node.kind == "Mul", others.count == 1,
        graph.tensors[others[0]].constant?.count == 1, let made = node.output(0)
      {
        members.append(last)
        output = made
      }
    }
    self.name = name
    self.nodes = members
    self.output = output
  }

  private static func name(
    _ members: [Int], _ inside: Set<Int>, _ graph: OperatorGraph
  ) -> String? {
    let kinds = Set(members.map { graph.nodes[$0].kind })
    let multiplies = members.contains { place in
      let node = graph.nodes[place]
      return node.kind == "Mul" && node.dataInputs.filter(inside.contains).count == 2
    }
    guard multiplies else { return nil }
    if kinds.contains("Erf") { return "Gelu" }
    if kinds.contains("Softplus") { return kinds.contains("Tanh") ? "Mish" : nil }
    if kinds.contains("Tanh") { return "Gelu" }
    if kinds.contains("Sigmoid") { return "SiLU" }
    return kinds.contains("HardSigmoid") || kinds.contains("Clip") ? "HardSwish" : nil
  }
}
