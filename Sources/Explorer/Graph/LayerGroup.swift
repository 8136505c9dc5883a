import Networks

/// A stage or a block of the network, which shows as one pane until expanded.
enum LayerGroup: Hashable, Sendable {
  case stage(Int)
  case block(stage: Int, block: Int)
}

/// One pane of the network screen: a layer, or a group through its last layer.
struct PaneNode: Hashable, Sendable {
  /// The layer whose clusters show.
  var layer: Int
  /// Every layer it stands for, ascending.
  var layers: [Int]
  var title: String
  /// The group that expands here; nil for a single layer.
  var group: LayerGroup?
  /// The expanded group it lies in, which collapses from here.
  var parent: LayerGroup?
  var rank = 0
}

/// The panes for what is expanded, in order of their first layer.
func paneNodes(of network: Network, expanded: Set<LayerGroup>) -> [PaneNode] {
  var placed: Set<Int> = []
  var nodes: [PaneNode] = []
  for (s, stage) in network.stages.enumerated() {
    let blocks = stage.blocks.map { block in
      block.layers.map(\.index).filter {
        network.layers.indices.contains($0) && placed.insert($0).inserted
      }
    }
    let isOpen = expanded.contains(.stage(s)) || blocks.count { !$0.isEmpty } == 0
    let all = blocks.flatMap(\.self)
    if all.count > 1, !isOpen {
      nodes.append(node(all, stage.name, .stage(s), parent: nil))
    } else {
      let parent = all.count > 1 ? LayerGroup.stage(s) : nil
      nodes += blockNodes(stage, s, blocks, expanded, parent: parent, network)
    }
  }
  for index in network.layers.indices where !placed.contains(index) {
    nodes.append(node([index], network.layers[index].name, nil, parent: nil))
  }
  return nodes.sorted { $0.layers[0] < $1.layers[0] }
}

private func blockNodes(
  _ stage: LayerStage, _ s: Int, _ blocks: [[Int]], _ expanded: Set<LayerGroup>,
  parent: LayerGroup?, _ network: Network
) -> [PaneNode] {
  let isOnlyBlock = blocks.count { !$0.isEmpty } == 1
  var nodes: [PaneNode] = []
  for (b, layers) in blocks.enumerated() where !layers.isEmpty {
    let group = LayerGroup.block(stage: s, block: b)
    if layers.count > 1, !isOnlyBlock, !expanded.contains(group) {
      nodes.append(node(layers, stage.blocks[b].name, group, parent: parent))
    } else {
      let inner = layers.count > 1 && !isOnlyBlock ? group : parent
      nodes += layers.map { node([$0], network.layers[$0].name, nil, parent: inner) }
    }
  }
  return nodes
}

private func node(
  _ layers: [Int], _ title: String, _ group: LayerGroup?, parent: LayerGroup?
) -> PaneNode {
  let sorted = layers.sorted()
  return PaneNode(
    layer: sorted[sorted.count - 1], layers: sorted, title: title, group: group, parent: parent)
}
