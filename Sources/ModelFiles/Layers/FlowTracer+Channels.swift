import Networks

/// Operators that join, cut and reorder channels.
extension FlowTracer {
  mutating func concatenated(_ node: GraphNode) -> TensorFlow {
    let places =
      node.kind == "QLinearConcat"
      ? Array(stride(from: 2, to: node.inputs.count, by: 3)) : Array(node.inputs.indices)
    var parts: [TensorFlow] = []
    var offset: Int? = 0
    var onChannels = false
    for place in places {
      guard let tensor = node.input(place) else { continue }
      let shape = graph.tensors[tensor].shape
      let axis = shape.flatMap { resolver.axis(node.int("axis") ?? 1, rank: $0.count) }
      if var flow = flows[tensor] {
        if let axis, flow.channelAxes == [axis] {
          onChannels = true
          flow.sources = flow.sources.map { source in
            source.routed(offset.flatMap { RouteMath.shifted(source.routes, by: $0) })
          }
        } else if axis.map({ flow.channelAxes.contains($0) }) ?? true {
          flow = flow.blurred
        } else {
          flow.field = nil
        }
        parts.append(flow)
      }
      let length = axis.flatMap { shape?[$0].length }
      offset = offset.flatMap { a in length.flatMap { $0 < 1 << 40 ? a + $0 : nil } }
    }
    var result = merged(parts)
    if !onChannels { result.field = nil }
    return result
  }

  mutating func split(_ node: GraphNode) -> [TensorFlow] {
    guard let input = node.input(0), let flow = flows[input] else {
      return [TensorFlow()]
    }
    guard let rank = graph.tensors[input].shape?.count,
      let axis = resolver.axis(node.int("axis") ?? 0, rank: rank)
    else { return node.outputs.map { _ in flow.blurred } }
    guard flow.channelAxes.contains(axis) else {
      var part = flow
      part.field = flow.spatialAxes.contains(axis) ? nil : flow.field
      return node.outputs.map { _ in part }
    }
    guard flow.channelAxes == [axis], let sizes = resolver.splitSizes(node, axis: axis) else {
      return node.outputs.map { _ in flow.blurred }
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return kept(flow) { (start..<start + size).contains($0) ? $0 - start : nil }
    }
  }

  /// The flow with channels moved to new places or dropped; sources of which nothing is left go.
  private func kept(_ flow: TensorFlow, _ place: (Int) -> Int?) -> TensorFlow {
    var result = flow
    result.sources = flow.sources.compactMap { source in
      let routes = RouteMath.moved(source.routes, place)
      if let routes, routes.isEmpty { return nil }
      return source.routed(routes)
    }
    return result
  }

  mutating func sliced(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), var flow = flows[input] else { return TensorFlow() }
    guard let shape = graph.tensors[input].shape,
      let slices = resolver.slices(node, rank: shape.count)
    else { return flow.blurred }
    for slice in slices {
      if flow.channelAxes == [slice.axis], let count = shape[slice.axis].length {
        let indices = slice.indices(count: count)
        guard indices.count <= RouteMath.limit else { return flow.blurred }
        var places: [Int: Int] = [:]
        for (place, index) in indices.enumerated() { places[index] = place }
        flow = kept(flow) { places[$0] }
      } else if flow.channelAxes.contains(slice.axis) {
        return flow.blurred
      } else if let axis = flow.spatialAxes.firstIndex(of: slice.axis) {
        flow.field = flow.field.flatMap { moved($0, axis, slice, shape[slice.axis]) }
      }
    }
    return flow
  }

  /// The field of the positions that a slice keeps.
  private func moved(
    _ field: ReceptiveField, _ axis: Int, _ slice: AxisSlice, _ length: Dimension
  ) -> ReceptiveField? {
    guard slice.step > 0, slice.step < 1 << 16 else { return nil }
    var first = slice.start
    if let length = length.length { first = slice.first(count: length) }
    guard first >= 0, first < 1 << 20 else { return nil }
    var result = field
    result.start[axis] += first * field.jump[axis]
    result.jump[axis] *= slice.step
    return result.jump[axis] < 1 << 20 && result.start[axis] < 1 << 20 ? result : nil
  }

  mutating func gathered(_ node: GraphNode) -> TensorFlow {
    let inputs = node.dataInputs.filter { !graph.tensors[$0].isFixed }
    guard inputs.count == 1, let input = node.input(0), input == inputs[0], var flow = flows[input]
    else { return merged(inputs.compactMap { flows[$0]?.blurred }) }
    guard let rank = graph.tensors[input].shape?.count,
      let axis = resolver.axis(node.int("axis") ?? 0, rank: rank),
      let indices = resolver.value(node.input(1)), let places = indices.integers,
      indices.dimensions.count <= 1
    else { return flow.blurred }
    if flow.spatialAxes.contains(axis) { flow.field = nil }
    if flow.channelAxes == [axis] {
      guard indices.dimensions.count == 1 else { return flow.blurred }
      return kept(flow) { channel in places.firstIndex(of: channel) }
    }
    if flow.channelAxes.contains(axis) { return flow.blurred }
    guard indices.dimensions.isEmpty else { return flow }
    if flow.spatialAxes.contains(axis) { flow.spatialAxes = [] }
    flow.channelAxes = flow.channelAxes.map { $0 > axis ? $0 - 1 : $0 }
    flow.spatialAxes = flow.spatialAxes.map { $0 > axis ? $0 - 1 : $0 }
    return flow
  }

  mutating func padded(_ node: GraphNode) -> TensorFlow {
    guard let input = node.input(0), var flow = flows[input] else { return TensorFlow() }
    guard let rank = graph.tensors[input].shape?.count,
      let pads = resolver.pads(node, rank: rank)
    else { return flow.blurred }
    for axis in 0..<rank {
      let before = pads.before[axis]
      if flow.channelAxes == [axis], before >= 0, pads.after[axis] >= 0 {
        flow.sources = flow.sources.map {
          $0.routed(RouteMath.shifted($0.routes, by: before))
        }
      } else if flow.channelAxes.contains(axis), before != 0 || pads.after[axis] != 0 {
        return flow.blurred
      } else if let place = flow.spatialAxes.firstIndex(of: axis), let field = flow.field {
        flow.field?.start[place] = field.start[place] - before * field.jump[place]
        if before.magnitude >= 1 << 20 { flow.field = nil }
      }
    }
    return flow
  }
}
