import Atlases
import Networks

extension ExplorerState {
  private var selectedNode: PaneNode? {
    arrangement.node(showing: selection.layer).map { arrangement.nodes[$0] }
  }

  mutating func toggleGroup() {
    if selectedNode?.group != nil { expandGroup() } else { collapseGroup() }
  }

  mutating func expandGroup() {
    guard let group = selectedNode?.group else {
      message = "this pane is a single layer"
      return
    }
    regroup(expanded.union([group]))
  }

  mutating func collapseGroup() {
    guard let parent = selectedNode?.parent else {
      message = "this layer is in no group that could collapse"
      return
    }
    regroup(expanded.subtracting([parent]))
  }

  /// Shows the network with these groups open; the selection stays, or moves to the layer that
  /// stands for it.
  mutating func regroup(_ groups: Set<LayerGroup>) {
    expanded = groups
    arrangement = workings.arrangement(atlas.network, expanded: groups)
    if let node = arrangement.node(showing: selection.layer) {
      select(layer: arrangement.nodes[node].layer)
    }
  }

  /// Opens the groups around a layer until it has a pane of its own.
  mutating func reveal(_ layer: Int) {
    for (s, stage) in atlas.network.stages.enumerated() {
      for (b, block) in stage.blocks.enumerated()
      where block.layers.contains(where: { $0.index == layer }) {
        expanded.formUnion([.stage(s), .block(stage: s, block: b)])
      }
    }
    arrangement = workings.arrangement(atlas.network, expanded: expanded)
  }
}
