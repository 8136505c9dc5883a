import Networks

/// Operators that reorder, split and merge axes.
extension FlowTracer {
  mutating func transposed(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), var flow = flows[input] else { return TensorFlow() }
    guard let rank = graph.tensors[input].shape?.count else { return flow.blurred }
    let permutation = node.ints("perm") ?? Array((0..<rank).reversed())
    guard permutation.sorted().elementsEqual(0..<rank) else { return flow.blurred }
    var place = Array(repeating: 0, count: rank)
    for (new, old) in permutation.enumerated() { place[old] = new }
    flow.channelAxes = flow.channelAxes.map { place[$0] }
    let spatial = flow.spatialAxes.map { place[$0] }
    if spatial != spatial.sorted() { flow.field = nil }
    flow.spatialAxes = spatial.sorted()
    return flow
  }

  mutating func reshaped(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), let flow = flows[input] else { return TensorFlow() }
    guard var old = graph.tensors[input].shape, !old.isEmpty, !flow.channelAxes.isEmpty,
      var new = node.output(0).flatMap({ graph.tensors[$0].shape }), !new.isEmpty
    else { return flow.blurred }
    // A batch of unknown length stays the batch.
    if old[0].length == nil, new[0].length == nil {
      old[0] = .symbolic("batch")
      new[0] = .symbolic("batch")
    }
    let reshape = Reshape(resolver: resolver, old: old, new: new, flow: flow)
    guard var result = reshape.kept() ?? reshape.flattened() ?? reshape.split() ?? reshape.merged()
    else { return flow.blurred }
    let keepsPositions =
      flow.spatialAxes.count == 2 && old.count > 2 && new.count > 2
      && flow.spatialAxes == [old.count - 2, old.count - 1] && old.suffix(2) == new.suffix(2)
      && !old.suffix(2).contains(.unknown)
    result.spatialAxes = keepsPositions ? [new.count - 2, new.count - 1] : []
    result.field = keepsPositions ? flow.field : nil
    return result
  }
}

/// The ways in which channels can survive a change of shape.
private struct Reshape {
  let resolver: GraphResolver
  let old: [Dimension]
  let new: [Dimension]
  let flow: TensorFlow

  private func same(_ a: some Sequence<Dimension>, _ b: some Sequence<Dimension>) -> Bool {
    let product = resolver.product(a)
    return product != .unknown && product == resolver.product(b)
  }

  /// The channel axis is still one axis, its surroundings were regrouped.
  func kept() -> TensorFlow? {
    guard flow.channelAxes.count == 1, let axis = flow.channelAxes.first, old[axis] != .unknown
    else { return nil }
    let found = new.indices.filter { place in
      new[place] == old[axis] && same(new[..<place], old[..<axis])
        && same(new[(place + 1)...], old[(axis + 1)...])
    }
    guard let place = found.first(where: { $0 == axis }) ?? found.first else { return nil }
    var result = flow
    result.channelAxes = [place]
    return result
  }

  /// Channels and positions became one axis.
  func flattened() -> TensorFlow? {
    guard flow.channelAxes.count == 1, let axis = flow.channelAxes.first,
      let channels = old[axis].length, channels > 0
    else { return nil }
    if let place = merges(old[..<axis], old[axis...]), let length = new[place].length {
      return flat(place, length / channels, channels, isChannelLast: false)
    }
    if axis == old.count - 1, let place = merges(old[..<1], old[1...]),
      let length = new[place].length
    {
      return flat(place, length / channels, channels, isChannelLast: true)
    }
    return nil
  }

  private func flat(
    _ place: Int, _ positions: Int, _ channels: Int, isChannelLast: Bool
  ) -> TensorFlow? {
    guard positions > 0, positions < 1 << 30, channels < 1 << 30 else { return nil }
    var result = flow
    result.channelAxes = [place]
    result.sources = flow.sources.map {
      $0.routed(
        RouteMath.flattened(
          $0.routes, spatialCount: positions, channelCount: channels,
          isChannelLast: isChannelLast))
    }
    return result
  }

  /// The new axis that holds all of `inner`, with `outer` before it and nothing after.
  private func merges(_ outer: ArraySlice<Dimension>, _ inner: ArraySlice<Dimension>) -> Int? {
    new.indices.first { place in
      same(new[..<place], outer) && same([new[place]], inner)
        && same(new[(place + 1)...], [])
    }
  }

  /// The channel axis became two, as before a channel shuffle.
  func split() -> TensorFlow? {
    guard flow.channelAxes.count == 1, let axis = flow.channelAxes.first else { return nil }
    let found = new.indices.dropLast().first { place in
      same(new[place...place + 1], [old[axis]]) && same(new[..<place], old[..<axis])
        && same(new[(place + 2)...], old[(axis + 1)...])
    }
    guard let place = found else { return nil }
    var result = flow
    result.channelAxes = [place, place + 1]
    return result
  }

  /// Two channel axes became one again, perhaps swapped in between.
  func merged() -> TensorFlow? {
    guard flow.channelAxes.count == 2, let first = flow.channelAxes.min(),
      flow.channelAxes.max() == first + 1,
      let outer = old[first].length, let inner = old[first + 1].length, outer > 0, inner > 0,
      let place = new.indices.first(where: { place in
        same([new[place]], old[first...first + 1]) && same(new[..<place], old[..<first])
          && same(new[(place + 1)...], old[(first + 2)...])
      })
    else { return nil }
    var result = flow
    result.channelAxes = [place]
    guard flow.channelAxes[0] > flow.channelAxes[1] else { return result }
    // Channel (a, b) of a grid `inner` × `outer` now stands at (b, a).
    result.sources = flow.sources.map {
      $0.routed(RouteMath.moved($0.routes) { $0 % outer * inner + $0 / outer })
    }
    return result
  }
}
