import Canvas
import Tensors

/// Which edges stand out: those on the way from and to the selected cluster, or those of the
/// path to a class while one is followed.
struct EdgeLights {
  var trace: ClusterTrace?
  var path: ClassPath?

  /// Least share of the selected cluster's strength that lights a bundle.
  static let leastFlow = 0.03

  func isLit(_ bundle: LinkBundle, of gutter: GutterKey) -> Bool {
    if let path {
      return bundle.sources.contains { source in
        bundle.targets.contains { path.links(gutter, source, $0) }
      }
    }
    return (trace?.flow(bundle, of: gutter) ?? 0) >= Self.leastFlow
  }

  /// Share of the selected cluster's strength that comes from or goes to a cluster, 0…1; 1 on a
  /// path that is followed.
  func share(layer: Int, place: Int) -> Double {
    if let path {
      return path.steps.contains { ($0.layer, $0.place) == (layer, place) } ? 1 : 0
    }
    return trace?.shares[ClusterTrace.Spot(layer: layer, place: place)] ?? 0
  }

  /// Traces the selected cluster through the columns in view, skips included.
  init(_ state: ExplorerState, ranks: Range<Int>, on surface: inout Surface) {
    path = state.classPath
    let arrangement = state.arrangement
    var gutters: [GutterKey] = []
    var links: [GutterKey: GutterEdges] = [:]
    let visible = arrangement.edges.filter {
      ranks.contains(arrangement.nodes[$0.source].rank)
        && ranks.contains(arrangement.nodes[$0.target].rank)
    }
    for edge in visible.sorted(by: { arrangement.isBefore($0, $1) }) {
      let key = GutterKey(
        source: arrangement.nodes[edge.source].layer,
        target: arrangement.nodes[edge.target].layer)
      guard let edges = surface.gutter(key, state) else { continue }
      gutters.append(key)
      links[key] = edges
    }
    guard path == nil, !surface.isSurvey, let digest = state.digest,
      digest.placeOfNeuron.indices.contains(state.selection.neuron)
    else { return }
    trace = ClusterTrace(
      from: ClusterTrace.Spot(
        layer: state.selection.layer, place: digest.placeOfNeuron[state.selection.neuron]),
      gutters: gutters, links: links)
  }
}
