/// How much of the network is in view.
enum NetworkZoom: Int, Hashable, Sendable, CaseIterable {
  /// Every column, as a map.
  case all
  /// As many panes side by side as can be read.
  case panes
  /// A few wide panes.
  case wide
  /// One column.
  case one

  /// Columns a pane takes at least.
  var narrowestPane: Int {
    switch self {
    case .all, .panes: 20
    case .wide: 44
    case .one: 1 << 20
    }
  }

  /// Columns a pane takes at most.
  var widestPane: Int {
    switch self {
    case .all, .panes: 46
    case .wide: 90
    case .one: 1 << 20
    }
  }

  var title: String {
    switch self {
    case .all: "the whole network"
    case .panes: "panes"
    case .wide: "wide panes"
    case .one: "one column"
    }
  }
}

extension ExplorerState {
  /// One step nearer or farther; says so at the ends.
  mutating func zoomNetwork(by step: Int) {
    guard let next = NetworkZoom(rawValue: networkZoom.rawValue + step) else {
      message = "this is as \(step > 0 ? "near" : "far") as it goes"
      return
    }
    networkZoom = next
    message = "zoom: \(next.title)"
  }
}
