import Networks

extension GraphResolver {
  /// Shapes after operators that move, join, cut or repeat elements.
  func rearranged(_ node: GraphNode) -> [[Dimension]?] {
    switch node.kind {
    case "Concat": return [joined(node, node.inputs.map { shape(of: $0) })]
    case "QLinearConcat":
      let places = Array(stride(from: 2, to: node.inputs.count, by: 3))
      return [joined(node, places.map { shape(node, $0) })]
    case "Split": return split(node)
    case "Gather": return [gathered(node)]
    case "Expand": return [expanded(node)]
    case "Constant": return [node.attribute("value")?.tensor?.dimensions.map(Dimension.fixed)]
    case "ConstantOfShape":
      return [value(node.input(0))?.items.map { $0.length.map { $0 >= 0 } ?? true ? $0 : .unknown }]
    case "Shape": return [shape(node, 0).map { [.fixed($0.count)] }]
    case "Size": return [[]]
    default: break
    }
    guard let input = shape(node, 0) else { return [] }
    switch node.kind {
    case "Reshape": return [reshaped(node, input)]
    case "Flatten": return [flattened(node, input)]
    case "Transpose": return [transposed(node, input)]
    case "Slice": return [sliced(node, input)]
    case "Pad": return [padded(node, input)]
    case "Squeeze": return [squeezed(node, input)]
    case "Unsqueeze": return [unsqueezed(node, input)]
    case "ArgMax", "ArgMin":
      return [reduced([node.int("axis") ?? 0], node.int("keepdims") != 0, input)]
    case "DepthToSpace": return [blocked(input, node.int("blocksize") ?? 0, deepens: false)]
    case "SpaceToDepth": return [blocked(input, node.int("blocksize") ?? 0, deepens: true)]
    case "Resize", "Upsample": return [resized(node, input)]
    case "Tile": return [tiled(node, input)]
    case _ where node.kind.hasPrefix("Reduce"):
      return [reduced(node, input)]
    default: return []
    }
  }

  /// `axis` counted from the front; nil when there is none of that number.
  func axis(_ axis: Int, rank: Int) -> Int? {
    let place = axis < 0 ? axis + rank : axis
    return (0..<rank).contains(place) ? place : nil
  }

  private func joined(_ node: GraphNode, _ shapes: [[Dimension]?]) -> [Dimension]? {
    var result: [Dimension]?
    for shape in shapes {
      guard let shape, let axis = axis(node.int("axis") ?? 1, rank: shape.count) else { return nil }
      guard let sum = result else {
        result = shape
        continue
      }
      guard sum.count == shape.count else { return nil }
      var next = zip(sum, shape).map { a, b in a.length != nil ? a : b }
      let total = sum[axis].length.flatMap { a in
        shape[axis].length.map { a.addingReportingOverflow($0) }
      }
      next[axis] = total.map { $0.overflow ? .unknown : .fixed($0.partialValue) } ?? .unknown
      result = next
    }
    return result
  }

  private func split(_ node: GraphNode) -> [[Dimension]?] {
    guard let input = shape(node, 0), let axis = axis(node.int("axis") ?? 0, rank: input.count)
    else { return [] }
    let count = node.outputs.count
    return (0..<count).map { index in
      var part = input
      part[axis] = splitSizes(node, axis: axis).map { .fixed($0[index]) } ?? .unknown
      return part
    }
  }

  /// Lengths of the parts a `Split` makes, one an output; nil when they are not fixed.
  func splitSizes(_ node: GraphNode, axis: Int) -> [Int]? {
    let count = node.outputs.count
    if let sizes = node.ints("split") ?? integers(node.input(1)) {
      return sizes.count == count && sizes.checkedProduct != nil ? sizes : nil
    }
    guard node.input(1) == nil, let length = shape(node, 0)?[axis].length, count > 0 else {
      return nil
    }
    let part = (length + count - 1) / count
    return (0..<count).map { max(0, min(part, length - $0 * part)) }
  }

  private func gathered(_ node: GraphNode) -> [Dimension]? {
    guard let input = shape(node, 0), let indices = shape(node, 1),
      let axis = axis(node.int("axis") ?? 0, rank: input.count)
    else { return nil }
    return Array(input[..<axis]) + indices + Array(input[(axis + 1)...])
  }

  private func expanded(_ node: GraphNode) -> [Dimension]? {
    guard let target = value(node.input(1)), target.dimensions.count == 1 else { return nil }
    return broadcast([shape(node, 0), target.items])
  }

  private func transposed(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    let permutation = node.ints("perm") ?? Array(input.indices.reversed())
    guard permutation.sorted().elementsEqual(input.indices) else { return nil }
    return permutation.map { input[$0] }
  }

  private func sliced(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let slices = slices(node, rank: input.count) else {
      return Array(repeating: .unknown, count: input.count)
    }
    var result = input
    for slice in slices {
      result[slice.axis] =
        result[slice.axis].length.map { .fixed(slice.length(count: $0)) } ?? .unknown
    }
    return result
  }

  /// Padding before and after each axis; nil when it is not fixed in the file.
  func pads(_ node: GraphNode, rank: Int) -> (before: [Int], after: [Int])? {
    guard let pads = node.ints("pads") ?? integers(node.input(1)),
      pads.allSatisfy({ $0.magnitude < 1 << 30 })
    else { return nil }
    let axes = integers(node.input(3)) ?? Array(0..<rank)
    if node.input(3) != nil, integers(node.input(3)) == nil { return nil }
    guard pads.count == 2 * axes.count else { return nil }
    var before = Array(repeating: 0, count: rank)
    var after = before
    for (place, axis) in axes.enumerated() {
      guard let axis = self.axis(axis, rank: rank) else { return nil }
      before[axis] = pads[place]
      after[axis] = pads[place + axes.count]
    }
    return (before, after)
  }

  private func padded(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let pads = pads(node, rank: input.count) else {
      return Array(repeating: .unknown, count: input.count)
    }
    return input.indices.map { axis in
      let change = pads.before[axis] + pads.after[axis]
      if change == 0 { return input[axis] }
      guard let length = input[axis].length, length < 1 << 40, length + change >= 0 else {
        return .unknown
      }
      return .fixed(length + change)
    }
  }
}
