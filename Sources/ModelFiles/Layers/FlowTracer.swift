import Networks

/// Follows every layer's channels through the operators between the layers.
struct FlowTracer {
  let resolver: GraphResolver
  let layers: [FoundLayer]
  let layerOfNode: [Int?]
  var graph: OperatorGraph { resolver.graph }

  /// One a tensor, nil until it was reached.
  var flows: [TensorFlow?]
  var trails = Trails()
  var edges: [LayerEdge] = []
  /// One a layer.
  var fields: [ReceptiveField?]
  var notes: [String] = []
  private var notedOperators: Set<String> = []
  /// Sources kept in all, bounded against graphs made to explode.
  private var sourceCount = 0
  private static let sourceLimit = 2_000_000

  init(_ resolver: GraphResolver, _ finder: LayerFinder, inputs: [TensorFlow]) {
    self.resolver = resolver
    layers = finder.layers
    layerOfNode = finder.layerOfNode
    flows = Array(repeating: nil, count: resolver.graph.tensors.count)
    fields = Array(repeating: nil, count: finder.layers.count)
    for (tensor, flow) in zip(resolver.graph.inputs, inputs) { flows[tensor] = flow }
    for place in resolver.graph.nodes.indices where resolver.graph.nodes[place].isLive {
      visit(place)
    }
    for (index, tensor) in resolver.graph.outputs.enumerated() {
      connect(flows[tensor], to: .output(index), inputCount: nil, axis: nil)
    }
    edges.sort {
      ($0.target.order, $0.source.order) < ($1.target.order, $1.source.order)
    }
  }

  private mutating func visit(_ place: Int) {
    let node = graph.nodes[place]
    let made: [TensorFlow]
    if let layer = layerOfNode[place] {
      if layers[layer].node == place { enter(layer, node) }
      made = node.outputs.map { _ in flow(from: layer) }
    } else {
      made = flow(through: node)
    }
    for (output, flow) in zip(node.outputs, made) {
      guard let output else { continue }
      sourceCount += flow.sources.count
      guard sourceCount <= Self.sourceLimit else {
        note("The graph has too many connections to follow; some edges are missing.")
        return
      }
      flows[output] = flow
    }
  }

  mutating func note(_ text: String) {
    if notedOperators.insert(text).inserted { notes.append(text) }
  }

  /// Ends the edges that lead into a layer and works out its receptive field.
  private mutating func enter(_ index: Int, _ node: GraphNode) {
    let layer = layers[index]
    let data = node.dataInputs.filter { !graph.tensors[$0].isFixed }
    let flow = merged(data.compactMap { flows[$0] })
    let rank = data.first.flatMap { graph.tensors[$0].shape?.count }
    let axis = layer.kind == .dense ? rank.map { $0 - 1 } ?? 1 : 1
    connect(
      flow, to: .layer(LayerID(index)), inputCount: layer.inputCount, axis: axis)
    guard layer.kind != .dense, !layer.isTransposed, flow.spatialAxes == [2, 3],
      let field = flow.field, let window = window(of: layer, node)
    else { return }
    fields[index] = field.after(window)
  }

  /// The geometry of a convolution's kernel.
  func window(of layer: FoundLayer, _ node: GraphNode) -> WindowGeometry? {
    let spatial = node.input(0).flatMap { graph.tensors[$0].shape }.map { Array($0.dropFirst(2)) }
    return resolver.window(
      node, kernel: Array(layer.kernelShape.dropFirst(2)), spatial: spatial ?? [])
  }

  /// What a layer's own output holds.
  private func flow(from index: Int) -> TensorFlow {
    let layer = layers[index]
    let rank =
      graph.tensors[layer.output].shape?.count
      ?? (layer.kind == .dense ? 2 : layer.weight.dimensions.count)
    let route = ChannelRoute(sourceStart: 0, targetStart: 0, count: layer.neuronCount)
    return TensorFlow(
      channelAxes: [layer.kind == .dense ? max(0, rank - 1) : 1],
      spatialAxes: rank == 4 && layer.kind != .dense ? [2, 3] : [], field: fields[index],
      sources: [FlowSource(endpoint: .layer(LayerID(index)), routes: [route], trail: 0)])
  }

  /// Adds an edge from each source of `flow`.
  private mutating func connect(
    _ flow: TensorFlow?, to target: LayerEndpoint, inputCount: Int?, axis: Int?
  ) {
    guard let flow else { return }
    for source in flow.sources {
      var routes = source.routes ?? []
      if let inputCount, let axis {
        if flow.channelAxes != [axis] || !RouteMath.fit(routes, inputCount) { routes = [] }
      }
      edges.append(
        LayerEdge(
          source: source.endpoint, target: target, through: trails.names(source.trail),
          routes: routes))
    }
  }

  /// All sources of several flows; what they agree on is kept.
  mutating func merged(_ flows: [TensorFlow]) -> TensorFlow {
    guard var result = flows.first else { return TensorFlow() }
    for flow in flows.dropFirst() {
      let agrees = flow.channelAxes == result.channelAxes
      if !agrees {
        result.channelAxes = result.channelAxes.isEmpty ? flow.channelAxes : result.channelAxes
      }
      let other = agrees || flow.channelAxes == result.channelAxes ? flow : flow.blurred
      if flow.spatialAxes != result.spatialAxes { result.spatialAxes = [] }
      result.field = result.field.flatMap { a in flow.field.flatMap { a.union($0) } }
      result.sources = union(result.sources, other.sources)
    }
    return result
  }

  /// Both lists in order of endpoint; a source in both keeps the shorter trail and all routes.
  private func union(_ a: [FlowSource], _ b: [FlowSource]) -> [FlowSource] {
    var result: [FlowSource] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if j == b.count || (i < a.count && a[i].endpoint.order < b[j].endpoint.order) {
        result.append(a[i])
        i += 1
      } else if i == a.count || b[j].endpoint.order < a[i].endpoint.order {
        result.append(b[j])
        j += 1
      } else {
        var both = trails.length(a[i].trail) <= trails.length(b[j].trail) ? a[i] : b[j]
        both.routes = RouteMath.union(a[i].routes, b[j].routes)
        result.append(both)
        i += 1
        j += 1
      }
    }
    return result
  }
}
