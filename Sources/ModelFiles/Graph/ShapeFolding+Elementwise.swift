import Networks

extension GraphResolver {
  /// Operators that work number by number, single numbers spread over the others.
  func elementwise(_ node: GraphNode) -> ShapeValue? {
    let operands = node.inputs.compactMap(value)
    guard operands.count == node.inputs.count, operands.count == (node.kind == "Where" ? 3 : 2)
    else { return nil }
    let count = operands.map(\.items.count).max() ?? 0
    guard operands.allSatisfy({ $0.items.count == count || $0.items.count == 1 }),
      let dimensions = operands.filter({ $0.items.count == count }).map(\.dimensions)
        .max(by: { $0.count < $1.count })
    else { return nil }
    let items = (0..<count).map { index in
      combine(node.kind, operands.map { $0.items[$0.items.count == 1 ? 0 : index] })
    }
    return ShapeValue(dimensions: dimensions, items: items)
  }

  private func combine(_ kind: String, _ items: [Dimension]) -> Dimension {
    switch kind {
    case "Where": chosen(items[0], items[1], items[2])
    case "Equal": isEqual(items[0], items[1])
    default: arithmetic(kind, items[0], items[1])
    }
  }

  private func chosen(_ condition: Dimension, _ yes: Dimension, _ no: Dimension) -> Dimension {
    if yes == no { return yes }
    return condition.length.map { $0 != 0 ? yes : no } ?? .unknown
  }

  /// 1 or 0. A length that is free is none below 0, as in exporters' test for -1.
  private func isEqual(_ left: Dimension, _ right: Dimension) -> Dimension {
    switch (left, right) {
    case (.fixed(let a), .fixed(let b)): .fixed(a == b ? 1 : 0)
    case (.symbolic(let a), .symbolic(let b)) where a == b: .fixed(1)
    case (.symbolic, .fixed(let length)), (.fixed(let length), .symbolic):
      length < 0 ? .fixed(0) : .unknown
    default: .unknown
    }
  }

  private func arithmetic(_ kind: String, _ left: Dimension, _ right: Dimension) -> Dimension {
    guard case .fixed(let a) = left, case .fixed(let b) = right else {
      if (kind == "Mul" || kind == "Div"), right == .fixed(1) { return left }
      if (kind == "Add" || kind == "Sub"), right == .fixed(0) { return left }
      return kind == "Mul" && left == .fixed(1) ? right : .unknown
    }
    let result: (partialValue: Int, overflow: Bool)
    switch kind {
    case "Add": result = a.addingReportingOverflow(b)
    case "Sub": result = a.subtractingReportingOverflow(b)
    case "Mul": result = a.multipliedReportingOverflow(by: b)
    case "Div": result = a.dividedReportingOverflow(by: b)
    case "Mod": result = a.remainderReportingOverflow(dividingBy: b)
    case "Min": result = (min(a, b), false)
    default: result = (max(a, b), false)
    }
    return result.overflow ? .unknown : .fixed(result.partialValue)
  }
}
