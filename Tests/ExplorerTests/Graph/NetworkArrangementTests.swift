import Testing

@testable import Explorer

struct NetworkArrangementTests {
  private let network = PlantedNetwork.make()

  @Test func `closed groups show their last layer and their count`() {
    let nodes = NetworkArrangement(network, expanded: []).nodes
    #expect(nodes.map(\.title) == ["conv1", "block1", "mix", "head"])
    #expect(nodes.map(\.layer) == [0, 2, 5, 7])
    #expect(nodes.map(\.layers.count) == [1, 2, 3, 2])
  }

  @Test func `open stages show their blocks, open blocks their layers`() {
    let stage = NetworkArrangement(network, expanded: [.stage(2)])
    #expect(stage.nodes.map(\.title) == ["conv1", "block1", "reduce", "mix.block", "head"])
    let block = NetworkArrangement(network, expanded: [.stage(2), .block(stage: 2, block: 1)])
    #expect(
      block.nodes.map(\.title) == [
        "conv1", "block1", "reduce", "mix.squeeze", "mix.expand", "head",
      ])
  }

  @Test func `every layer has exactly one pane`() {
    for groups in [[], [.stage(1)], Array(allGroups(network))] as [[LayerGroup]] {
      let arrangement = NetworkArrangement(network, expanded: Set(groups))
      #expect(arrangement.nodes.flatMap(\.layers).sorted() == Array(0..<8))
      #expect(arrangement.ranks.flatMap(\.self).sorted() == Array(arrangement.nodes.indices))
    }
  }

  @Test func `branches share a column and edges lead to the right`() {
    let arrangement = NetworkArrangement(network, expanded: allGroups(network))
    #expect(
      arrangement.ranks.map { $0.map { arrangement.nodes[$0].layer } }
        == [[0], [1], [2], [3], [4, 5], [6], [7]])
    for edge in arrangement.edges {
      #expect(arrangement.nodes[edge.source].rank < arrangement.nodes[edge.target].rank)
    }
    #expect(arrangement.lanes.map(\.sources) == [[0]])
    #expect(arrangement.lanes.map(\.targets) == [[3]])
  }
}
