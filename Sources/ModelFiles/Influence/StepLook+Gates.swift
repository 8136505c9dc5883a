import Networks

extension StepLook {
  /// The other factor of a product where it only weighs `factor`: it has one value for a whole axis,
  /// a channel's positions for example, or is squashed to 0…1. Nil where either could be the gate.
  func gate(of factor: Int) -> Int? {
    let others = node.inputs.compactMap(\.self).filter { $0 != factor }
    guard node.inputs.count == 2, others.count == 1, keepsShape(factor),
      !resolver.graph.tensors[others[0]].isFixed,
      let value = shape(factor), let gate = shape(others[0]), spreads(gate, over: value)
    else { return nil }
    let isSmaller = zip(gate, value).dropFirst().contains { $0 != $1 }
    let isSquashed = squashes(others[0]) && !squashes(factor)
    return isSmaller || isSquashed ? others[0] : nil
  }

  private func spreads(_ gate: [Dimension], over value: [Dimension]) -> Bool {
    gate.count == value.count && gate.count > 1
      && zip(gate, value).dropFirst().allSatisfy {
        $0 != .unknown && ($0 == $1 || $0 == .fixed(1))
      }
  }

  private func squashes(_ tensor: Int) -> Bool {
    guard let place = resolver.graph.tensors[tensor].producer else { return false }
    return ["Sigmoid", "HardSigmoid", "Softmax"].contains(resolver.graph.nodes[place].kind)
  }
}
