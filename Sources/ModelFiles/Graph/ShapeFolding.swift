import Networks

extension GraphResolver {
  /// The small integer tensor that `node` makes, as far as it is known.
  func foldValue(_ node: GraphNode) -> ShapeValue? {
    switch node.kind {
    case "Constant": return constantValue(node)
    case "Shape": return shapeOf(node)
    case "Size": return sizeOf(node)
    case "ConstantOfShape": return filledValue(node)
    case "Concat": return concatenated(node)
    case "Range": return range(node)
    case "Add", "Sub", "Mul", "Div", "Mod", "Min", "Max", "Equal", "Where":
      return elementwise(node)
    default: return reworked(node)
    }
  }

  func value(_ tensor: Int?) -> ShapeValue? {
    tensor.flatMap { graph.tensors[$0].value }
  }

  /// The integers of an input tensor, when all are known.
  func integers(_ tensor: Int?) -> [Int]? { value(tensor)?.integers }

  private func constantValue(_ node: GraphNode) -> ShapeValue? {
    if let number = node.int("value_int") {
      return ShapeValue(dimensions: [], items: [.fixed(number)])
    }
    guard let found = node.attribute("value_ints"), found.ints.count <= ShapeValue.limit else {
      return nil
    }
    return ShapeValue(dimensions: [found.ints.count], items: found.ints.map(Dimension.fixed))
  }

  private func shapeOf(_ node: GraphNode) -> ShapeValue? {
    guard let shape = node.input(0).flatMap({ graph.tensors[$0].shape }) else { return nil }
    let range = sliceRange(
      start: node.int("start") ?? 0, end: node.int("end") ?? shape.count, count: shape.count)
    let items = Array(shape[range])
    return ShapeValue(dimensions: [items.count], items: items)
  }

  private func sizeOf(_ node: GraphNode) -> ShapeValue? {
    guard let shape = node.input(0).flatMap({ graph.tensors[$0].shape }),
      let product = TensorShape(shape).lengths?.checkedProduct
    else { return nil }
    return ShapeValue(dimensions: [], items: [.fixed(product)])
  }

  private func filledValue(_ node: GraphNode) -> ShapeValue? {
    guard let lengths = integers(node.input(0)), let count = lengths.checkedProduct,
      count <= ShapeValue.limit, let tensor = node.attribute("value")?.tensor,
      let number = store.integers(of: tensor, limit: 1)?.first
    else { return nil }
    return ShapeValue(
      dimensions: lengths, items: Array(repeating: .fixed(number), count: count))
  }

  private func concatenated(_ node: GraphNode) -> ShapeValue? {
    var items: [Dimension] = []
    for input in node.inputs {
      guard let part = value(input), part.dimensions.count == 1 else { return nil }
      items += part.items
      guard items.count <= ShapeValue.limit else { return nil }
    }
    return ShapeValue(dimensions: [items.count], items: items)
  }

  private func range(_ node: GraphNode) -> ShapeValue? {
    guard let start = integers(node.input(0))?.first, let end = integers(node.input(1))?.first,
      let step = integers(node.input(2))?.first, step != 0,
      start.magnitude < 1 << 40, end.magnitude < 1 << 40, step.magnitude < 1 << 40
    else { return nil }
    let count = max(0, (end - start + step - step.signum()) / step)
    guard count <= ShapeValue.limit else { return nil }
    return ShapeValue(
      dimensions: [count], items: (0..<count).map { .fixed(start + $0 * step) })
  }
}
