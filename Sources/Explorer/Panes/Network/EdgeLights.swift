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
    guard path == nil, let digest = state.digest,
      digest.placeOfNeuron.indices.contains(state.selection.neuron)
    else { return }
    trace = ClusterTrace(
      from: ClusterTrace.Spot(
        layer: state.selection.layer, place: digest.placeOfNeuron[state.selection.neuron]),
      gutters: gutters, links: links)
  }
}

/// What the gutters on screen show, for the statement under them.
struct GutterTally {
  var drawn = 0.0
  private(set) var total = 0.0
  private var measures: Set<GutterEdges.Measure> = []

  mutating func add(_ bundles: GutterBundles) {
    guard bundles.total > 0 else { return }
    total += bundles.total
    measures.insert(bundles.measure)
  }

  /// What the edges are and how much of them is drawn.
  func text(percent: Int, width: Int) -> [(String, StyleRole)] {
    guard total > 0 else { return [] }
    let share = NumberText.percent(drawn / total, 0)
    let of =
      measures == [.alike]
      ? "|correlation|"
      : measures.contains(.influence)
        ? "|weight × activation|" : "|weight|"
    let long = GutterEdges.Measure.allCases.filter(measures.contains).map(\.title)
    let meaning = long.joined(separator: "; ")
    let signs =
      measures == [.alike]
      ? (plus: "alike", minus: "opposed") : (plus: "excites", minus: "inhibits")
    let most = percent < 100 ? "strongest \(percent) %" : "all"
    let full: [(String, StyleRole)] = [
      ("edges: \(meaning) · ", .dim), (share, .value), (" of \(of) drawn, ", .dim),
      (most, .value), (" wanted ", .dim), ("[ ]", .key), ("  ━ \(signs.plus) ", .excitatory),
      ("┅ \(signs.minus)", .inhibitory),
    ]
    let middle: [(String, StyleRole)] = [
      ("edges: ", .dim), (share, .value), (" of \(of) drawn ", .dim), ("[ ]", .key),
      ("  ━ \(signs.plus) ", .excitatory), ("┅ \(signs.minus)", .inhibitory),
    ]
    if full.reduce(0, { $0 + cellWidth(of: $1.0) }) <= width { return full }
    if middle.reduce(0, { $0 + cellWidth(of: $1.0) }) <= width { return middle }
    return [("edges ", .dim), (share, .value), (" of \(of) ", .dim), ("[ ]", .key)]
  }
}

extension GutterEdges.Measure {
  /// What the figure is.
  var title: String {
    switch self {
    case .weights: "kernel sums, batch norm folded, traced through structure"
    case .influence: "the same times the source's mean activation"
    case .alike: "≈ correlation of class profiles, layers lie between"
    }
  }
}
