import Networks

/// Finds where the channels of a layer can be seen as another layer receives them.
///
/// Where a source is alone in the input channels it reaches, those are taken as they are, whatever
/// lies between: pooling, concatenation, normalisation. Where it was added to others, the tracer
/// goes back from the target's input through sums, rectifiers and what else acts on each addend by
/// itself once it is known where the rectifiers passed (see ``InfluenceWalk``), to the tensor in
/// which the source is still alone. Anything else that mixes sources ends the search: then the
/// influence cannot be told apart.
struct InfluenceTracer {
  private let resolver: GraphResolver
  private let layers: [FoundLayer]
  private let layerOfNode: [Int?]
  private let flows: [TensorFlow?]
  /// How many sources reach each channel of a tensor; nil where that is not known.
  private var arrivals: [Int: [Int]?] = [:]
  private var graph: OperatorGraph { resolver.graph }

  /// Most channels and steps followed in one tensor.
  private static let limit = 1 << 22

  init(_ resolver: GraphResolver) {
    self.resolver = resolver
    let finder = LayerFinder(resolver)
    let tracer = FlowTracer(resolver, finder, inputs: InputFinder(graph: resolver.graph).flows())
    layers = finder.layers
    layerOfNode = finder.layerOfNode
    flows = tracer.flows
  }

  /// Nil where the two are not told apart from others, or not connected channel by channel.
  ///
  /// - Complexity: O(operators between the two), and once a tensor its channels.
  mutating func path(of edge: LayerEdge) -> InfluencePath? {
    guard case .layer(let source) = edge.source, case .layer(let target) = edge.target,
      !edge.routes.isEmpty, layers.indices.contains(target.index)
    else { return nil }
    let layer = layers[target.index]
    let node = graph.nodes[layer.node]
    let data = node.dataInputs.filter { !graph.tensors[$0].isFixed }
    guard data.count == 1, !layer.isTransposed, !node.kind.hasSuffix("Integer"),
      let rank = graph.tensors[data[0]].shape?.count, rank >= 2,
      layer.kind == .dense || (3...4).contains(rank),
      let walk = walk(from: data[0], to: edge.source),
      let axes = flows[walk.tensor]?.channelAxes, axes.count == 1
    else { return nil }
    var (scale, zeroPoint) = (Float(1), Float(0))
    if node.kind.hasPrefix("Q") {
      guard walk.tensor == data[0],
        let found = resolver.smallFloats(node.input(1), atMost: 1)?.first
      else { return nil }
      scale = found
      zeroPoint = resolver.smallFloats(node.input(2), atMost: 1)?.first ?? 0
    }
    return InfluencePath(
      source: source, target: target, basis: walk.isOwnPart ? .ownPart : .input,
      reading: layer.kind == .dense && rank == 2 ? .units : .moving,
      tensor: graph.tensors[walk.tensor].name, scale: scale, zeroPoint: zeroPoint,
      channelAxis: axes[0], steps: walk.steps.reversed(), routes: edge.routes)
  }

  private mutating func walk(from input: Int, to source: LayerEndpoint) -> InfluenceWalk? {
    var walk = InfluenceWalk(tensor: input)
    for _ in 0..<graph.nodes.count + 1 {
      guard let flow = flows[walk.tensor], flow.sources.contains(where: { $0.endpoint == source })
      else { return nil }
      if isAlone(source, in: walk.tensor) { return walk }
      guard let place = graph.tensors[walk.tensor].producer, layerOfNode[place] == nil,
        walk.step(back: graph.nodes[place], to: source, resolver, flows)
      else { return nil }
    }
    return nil
  }

  /// Whether nothing else reaches the channels that `source` does.
  private mutating func isAlone(_ source: LayerEndpoint, in tensor: Int) -> Bool {
    guard let flow = flows[tensor], flow.channelAxes.count == 1, let counts = arrivals(in: tensor),
      let routes = flow.sources.first(where: { $0.endpoint == source })?.routes
    else { return false }
    for route in routes {
      var isFree = true
      route.forEachArrival { _, target in
        if counts.indices.contains(target), counts[target] > 1 { isFree = false }
      }
      guard isFree else { return false }
    }
    return !routes.isEmpty
  }

  private mutating func arrivals(in tensor: Int) -> [Int]? {
    if let known = arrivals[tensor] { return known }
    let found = counted(flows[tensor]?.sources ?? [])
    arrivals[tensor] = .some(found)
    return found
  }

  private func counted(_ sources: [FlowSource]) -> [Int]? {
    var counts: [Int] = []
    var total = 0
    for source in sources {
      guard let routes = source.routes else { return nil }
      for route in routes {
        let (size, overflow) = route.count.multipliedReportingOverflow(by: route.spatialCount)
        total += overflow ? Self.limit : min(max(0, size), Self.limit)
        guard total < Self.limit else { return nil }
        var isSane = true
        route.forEachArrival { _, target in
          guard (0..<Self.limit).contains(target) else { return isSane = false }
          if target >= counts.count {
            counts += Array(repeating: 0, count: target + 1 - counts.count)
          }
          counts[target] += 1
        }
        guard isSane else { return nil }
      }
    }
    return counts
  }
}
