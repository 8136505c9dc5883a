import Networks

extension GraphResolver {
  /// Operators that only take, drop or reorder the elements of a shape value.
  func reworked(_ node: GraphNode) -> ShapeValue? {
    guard let source = value(node.input(0)) else { return nil }
    switch node.kind {
    case "Identity", "Cast": return source
    case "Gather": return gathered(node, source)
    case "Slice": return sliced(node, source)
    case "Squeeze", "Unsqueeze", "Reshape", "Flatten":
      guard let shape = inferredShapes(node).first?.flatMap({ TensorShape($0).lengths }),
        shape.checkedProduct == source.items.count
      else { return nil }
      return ShapeValue(dimensions: shape, items: source.items)
    case "Transpose": return transposed(node, source)
    case "ReduceProd":
      guard let product = source.integers?.checkedProduct else { return nil }
      return ShapeValue(
        dimensions: node.int("keepdims") == 0 ? [] : source.dimensions.map { _ in 1 },
        items: [.fixed(product)])
    default: return nil
    }
  }

  private func gathered(_ node: GraphNode, _ source: ShapeValue) -> ShapeValue? {
    guard source.dimensions.count == 1, let indices = value(node.input(1)),
      let places = indices.integers
    else { return nil }
    var items: [Dimension] = []
    for place in places {
      let index = place < 0 ? place + source.items.count : place
      guard source.items.indices.contains(index) else { return nil }
      items.append(source.items[index])
    }
    return ShapeValue(dimensions: indices.dimensions, items: items)
  }

  private func sliced(_ node: GraphNode, _ source: ShapeValue) -> ShapeValue? {
    guard let slices = slices(node, rank: source.dimensions.count),
      let slice = slices.first, slices.count == 1, slice.axis == 0
    else { return nil }
    let row = source.dimensions.dropFirst().reduce(1, *)
    let rows = slice.indices(count: source.dimensions[0])
    guard rows.count * row <= ShapeValue.limit, source.items.count >= source.dimensions[0] * row
    else { return nil }
    let items = rows.flatMap { source.items[$0 * row..<($0 + 1) * row] }
    return ShapeValue(
      dimensions: [rows.count] + source.dimensions.dropFirst(), items: items)
  }

  private func transposed(_ node: GraphNode, _ source: ShapeValue) -> ShapeValue? {
    guard source.dimensions.count == 2 else {
      return source.dimensions.count == 1 ? source : nil
    }
    if let permutation = node.ints("perm"), permutation != [1, 0] {
      return permutation == [0, 1] ? source : nil
    }
    let (rows, columns) = (source.dimensions[0], source.dimensions[1])
    guard source.items.count == rows * columns else { return nil }
    let items = (0..<columns).flatMap { column in
      (0..<rows).map { source.items[$0 * columns + column] }
    }
    return ShapeValue(dimensions: [columns, rows], items: items)
  }
}

/// What a `Slice` keeps of one axis.
struct AxisSlice: Sendable {
  var axis: Int
  var start: Int
  var end: Int
  var step: Int

  /// Kept indices of an axis of `count` elements.
  func indices(count: Int) -> [Int] {
    guard step != 0, step != Int.min, count <= 1 << 24 else { return [] }
    let (first, last) = bounds(count)
    let safeStep = min(max(step, -count - 1), count + 1)
    return Array(stride(from: first, to: last, by: safeStep))
  }

  /// Number of kept elements.
  func length(count: Int) -> Int {
    guard step != 0, step != Int.min else { return 0 }
    let (first, last) = bounds(count)
    let span = step > 0 ? last - first : first - last
    return span <= 0 ? 0 : (span - 1) / Int(step.magnitude) + 1
  }

  /// First kept index.
  func first(count: Int) -> Int { bounds(count).0 }

  private func bounds(_ count: Int) -> (Int, Int) {
    let low = step > 0 ? 0 : -1
    let high = step > 0 ? count : count - 1
    let place = { (value: Int) in
      min(max(value < 0 ? value + count : value, low), high)
    }
    let first = start < 0 ? max(start + count, 0) : start
    return (min(max(first, 0), high), end < -count - 1 ? low : place(end))
  }
}

extension GraphResolver {
  /// What a `Slice` node keeps; nil when that is not fixed in the file.
  func slices(_ node: GraphNode, rank: Int) -> [AxisSlice]? {
    guard let starts = node.ints("starts") ?? integers(node.input(1)),
      let ends = node.ints("ends") ?? integers(node.input(2)), ends.count == starts.count
    else { return nil }
    let axes = node.ints("axes") ?? integers(node.input(3))
    let steps = integers(node.input(4))
    if node.input(3) != nil, axes == nil { return nil }
    if node.input(4) != nil, steps == nil { return nil }
    let chosen = axes ?? Array(starts.indices)
    guard chosen.count == starts.count, steps.map({ $0.count == starts.count }) ?? true else {
      return nil
    }
    var result: [AxisSlice] = []
    for index in starts.indices {
      let axis = chosen[index] < 0 ? chosen[index] + rank : chosen[index]
      guard (0..<rank).contains(axis) else { return nil }
      result.append(
        AxisSlice(
          axis: axis, start: starts[index], end: ends[index], step: steps?[index] ?? 1))
    }
    return result
  }

  /// `start..<end` of `count` elements, negative numbers from the end, clipped.
  func sliceRange(start: Int, end: Int, count: Int) -> Range<Int> {
    let clip = { (value: Int) in min(max(value < 0 ? value + count : value, 0), count) }
    let first = clip(start)
    return first..<max(first, clip(end))
  }
}
