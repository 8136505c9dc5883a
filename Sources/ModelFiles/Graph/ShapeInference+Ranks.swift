import Networks

/// Operators that change the number of axes or scale their lengths.
extension GraphResolver {
  func reshaped(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let target = value(node.input(1)), target.dimensions.count == 1 else { return nil }
    var result: [Dimension] = []
    var inferredPlace: Int?
    for (place, item) in target.items.enumerated() {
      switch item {
      case .fixed(0) where node.int("allowzero") != 1:
        result.append(input.indices.contains(place) ? input[place] : .unknown)
      case .fixed(let length) where length < 0:
        inferredPlace = place
        result.append(.unknown)
      default: result.append(item)
      }
    }
    if let inferredPlace {
      result[inferredPlace] = remaining(of: input, after: result, except: inferredPlace)
    }
    return result
  }

  /// The length that makes both products equal; free lengths cancel by name.
  private func remaining(
    of input: [Dimension], after result: [Dimension], except hole: Int
  ) -> Dimension {
    var left = input.filter { $0.length == nil }
    var fixed = 1
    for (place, item) in result.enumerated() where place != hole {
      if let length = item.length {
        let (product, overflow) = fixed.multipliedReportingOverflow(by: length)
        guard !overflow else { return .unknown }
        fixed = product
      } else if item != .unknown, let found = left.firstIndex(of: item) {
        left.remove(at: found)
      } else {
        return .unknown
      }
    }
    guard let total = input.compactMap(\.length).checkedProduct, fixed > 0,
      total.isMultiple(of: fixed)
    else { return .unknown }
    let quotient = total / fixed
    if left.isEmpty { return .fixed(quotient) }
    return left.count == 1 && quotient == 1 ? left[0] : .unknown
  }

  func product(_ dimensions: some Sequence<Dimension>) -> Dimension {
    var fixed = 1
    var free: [Dimension] = []
    for item in dimensions {
      guard let length = item.length else {
        free.append(item)
        continue
      }
      let (product, overflow) = fixed.multipliedReportingOverflow(by: length)
      guard !overflow else { return .unknown }
      fixed = product
    }
    if free.isEmpty { return .fixed(fixed) }
    return free.count == 1 && fixed == 1 ? free[0] : .unknown
  }

  func flattened(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    let axis = node.int("axis") ?? 1
    let place = axis < 0 ? axis + input.count : axis
    guard (0...input.count).contains(place) else { return nil }
    return [product(input[..<place]), product(input[place...])]
  }

  private func axes(_ node: GraphNode) -> (found: [Int]?, isGiven: Bool) {
    if let axes = node.ints("axes") { return (axes, true) }
    guard let input = node.input(1) else { return (nil, false) }
    return (integers(input), true)
  }

  func squeezed(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    let axes = axes(node)
    guard axes.isGiven else {
      return input.contains(where: { $0.length == nil }) ? nil : input.filter { $0 != .fixed(1) }
    }
    guard let dropped = axes.found?.compactMap({ axis($0, rank: input.count) }) else { return nil }
    return input.indices.filter { !dropped.contains($0) }.map { input[$0] }
  }

  func unsqueezed(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let axes = axes(node).found, axes.count + input.count <= ONNXLimits.rank else {
      return nil
    }
    let rank = axes.count + input.count
    let added = Set(axes.compactMap { axis($0, rank: rank) })
    guard added.count == axes.count else { return nil }
    var rest = input[...]
    return (0..<rank).map { added.contains($0) ? .fixed(1) : rest.popFirst() ?? .unknown }
  }

  /// Axes a `Reduce…` node reduces; nil when they are not fixed in the file.
  func reducedAxes(_ node: GraphNode, rank: Int) -> [Int]? {
    let given = axes(node)
    guard given.isGiven else {
      return node.int("noop_with_empty_axes") == 1 ? [] : Array(0..<rank)
    }
    return given.found.map { $0.compactMap { axis($0, rank: rank) } }
  }

  func reduced(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let axes = reducedAxes(node, rank: input.count) else { return nil }
    return reduced(axes, node.int("keepdims") != 0, input)
  }

  func reduced(_ axes: [Int], _ keeps: Bool, _ input: [Dimension]) -> [Dimension]? {
    let places = axes.compactMap { axis($0, rank: input.count) }
    return input.indices.compactMap { place in
      places.contains(place) ? (keeps ? .fixed(1) : nil) : input[place]
    }
  }

  /// `DepthToSpace`, or `SpaceToDepth` when it deepens.
  func blocked(_ input: [Dimension], _ size: Int, deepens: Bool) -> [Dimension]? {
    guard input.count == 4, (1...4096).contains(size) else { return nil }
    let scaled = { (item: Dimension, grows: Bool, factor: Int) -> Dimension in
      guard let length = item.length, length < 1 << 32 else { return .unknown }
      return .fixed(grows ? length * factor : length / factor)
    }
    return [
      input[0], scaled(input[1], deepens, size * size), scaled(input[2], !deepens, size),
      scaled(input[3], !deepens, size),
    ]
  }

  func resized(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    if let sizes = value(node.input(3)), sizes.items.count == input.count { return sizes.items }
    let place = node.kind == "Upsample" || graph.opset < 11 ? 1 : 2
    let found = node.attribute("scales")?.floats
    let scales = found?.isEmpty == false ? found : smallFloats(node.input(place))
    guard let scales, scales.count == input.count, node.attribute("axes") == nil else {
      return Array(repeating: .unknown, count: input.count)
    }
    return zip(input, scales).map { item, scale in
      if scale == 1 { return item }
      guard let length = item.length, length < 1 << 32, scale > 0, scale < 4096 else {
        return .unknown
      }
      return .fixed(Int((Double(length) * Double(scale)).rounded(.down)))
    }
  }

  func tiled(_ node: GraphNode, _ input: [Dimension]) -> [Dimension]? {
    guard let repeats = integers(node.input(1)), repeats.count == input.count else { return nil }
    return zip(input, repeats).map { item, count in
      if count == 1 { return item }
      guard let product = item.length.flatMap({ [$0, count].checkedProduct }) else {
        return .unknown
      }
      return .fixed(product)
    }
  }
}
