import Networks

/// What one operator on the way does to each addend.
struct StepLook {
  let node: GraphNode
  let output: Int
  let resolver: GraphResolver
  let flows: [TensorFlow?]

  var input: Int? { node.input(0) }
  func shape(_ tensor: Int) -> [Dimension]? { resolver.graph.tensors[tensor].shape }

  func name(_ tensor: Int) -> String { resolver.graph.tensors[tensor].name }

  /// The one input that the source reaches; nil where it reaches several.
  func operand(of source: LayerEndpoint) -> Int? {
    let found = node.inputs.compactMap(\.self).filter { input in
      flows[input]?.sources.contains { $0.endpoint == source } ?? false
    }
    return found.count == 1 ? found[0] : nil
  }

  /// Whether a tensor has the lengths of the operator's result.
  func keepsShape(_ tensor: Int) -> Bool {
    guard let a = shape(tensor), let b = shape(output) else { return false }
    return a.count == b.count && a.count > 1
      && zip(a, b).dropFirst().allSatisfy { $0 == $1 && $0 != .unknown }
  }

  /// The shape of the input, whose channels are its second axis.
  var channelShape: [Dimension]? {
    guard let input, flows[input]?.channelAxes == [1], let shape = shape(input), shape.count > 2
    else { return nil }
    return shape
  }

  /// Whether channels × positions become one axis in their order, or single positions are dropped.
  var flattens: Bool {
    guard let old = channelShape, let new = shape(output), new.count == 2,
      flows[output]?.channelAxes == [1], let length = new[1].length
    else { return false }
    let lengths = old.dropFirst().compactMap(\.length)
    return lengths.count == old.count - 1 && lengths.checkedProduct == length
  }

  /// Whether the mean over all positions is taken, and over nothing else.
  var averages: Bool {
    guard let shape = channelShape else { return false }
    let axes = Array(2..<shape.count)
    switch node.kind {
    case "GlobalAveragePool": return true
    case "ReduceMean":
      return resolver.reducedAxes(node, rank: shape.count).map { $0.sorted() == axes } ?? false
    default:
      let positions = shape.dropFirst(2).compactMap(\.length)
      guard positions.count == axes.count, let kernel = node.ints("kernel_shape"),
        let window = resolver.window(node, kernel: kernel, spatial: Array(shape.dropFirst(2)))
      else { return false }
      return kernel == positions && window.dilations.allSatisfy { $0 == 1 }
        && (window.padsBefore + window.padsAfter).allSatisfy { $0 == 0 }
    }
  }

  /// What batch normalisation multiplies each channel with.
  var scaling: [Float]? {
    guard let input, flows[input]?.channelAxes == [1],
      let scale = node.input(1).flatMap({ resolver.graph.tensors[$0].constant }),
      let variance = node.input(4).flatMap({ resolver.graph.tensors[$0].constant }),
      scale.count == variance.count,
      let gamma = try? resolver.store.floats(of: scale),
      let spread = try? resolver.store.floats(of: variance), gamma.count == spread.count
    else { return nil }
    let epsilon = node.float("epsilon") ?? 1e-5
    return zip(gamma, spread).map { $0 / ($1 + epsilon).squareRoot() }
  }

  /// Rows and columns that a slice keeps.
  var selections: [InfluencePath.Step]? {
    guard let shape = channelShape, shape.count == 4,
      let slices = resolver.slices(node, rank: shape.count)
    else { return nil }
    var steps: [InfluencePath.Step] = []
    for slice in slices {
      guard (2...3).contains(slice.axis), let length = shape[slice.axis].length,
        length <= 1 << 16
      else { return nil }
      steps.append(.select(axis: slice.axis - 2, indices: slice.indices(count: length)))
    }
    return steps
  }

  /// Channels that padding adds.
  var widening: [InfluencePath.Step]? {
    guard let shape = channelShape, (node.string("mode") ?? "constant") == "constant",
      let pads = resolver.pads(node, rank: shape.count),
      (0...1 << 20).contains(pads.before[1]), (0...1 << 20).contains(pads.after[1]),
      shape.indices.allSatisfy({ $0 == 1 || (pads.before[$0] == 0 && pads.after[$0] == 0) })
    else { return nil }
    return [.widen(before: pads.before[1], after: pads.after[1])]
  }
}
