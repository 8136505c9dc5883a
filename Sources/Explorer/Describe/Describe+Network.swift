import Atlases
import Networks
import Tensors

func describeNetwork(_ state: inout ExplorerState, _ description: inout ScreenDescription) {
  let network = state.atlas.network
  description.title = "network \(network.name)"
  description.facts.append(
    DescribedFact(name: "parameters", value: NumberText.grouped(network.parameterCount)))
  description.facts += network.notes.map { DescribedFact(name: "note", value: $0) }
  if state.atlas.provenance.analyzedImageCount == 0 {
    description.facts.append(DescribedFact(name: "figures", value: state.absence))
  }
  description.tables = [
    layerTable(state), clusterTable(&state),
    DescribedTable(
      name: "edges between clusters", columns: ["from", "to", "sign", "weight", "measure"],
      rows: edgeRows(&state)),
    contributionSummary(&state),
  ].filter { !$0.rows.isEmpty }
}

func layerTable(_ state: ExplorerState) -> DescribedTable {
  DescribedTable(
    name: "layers",
    columns: ["layer", "operator", "kernel", "neurons", "output", "values", "parameters"],
    rows: state.atlas.network.layers.map { layerRow($0, state) })
}

func clusterTable(_ state: inout ExplorerState) -> DescribedTable {
  DescribedTable(
    name: "clusters",
    columns: ["layer", "cluster", "neurons", "strongest classes", "dead", "saturated"],
    rows: clusterRows(&state))
}

private func layerRow(_ layer: Layer, _ state: ExplorerState) -> [DescribedValue] {
  [
    .text(layer.name), .text(layer.operatorName), .text(kernelText(layer)),
    DescribedValue(layer.neuronCount), .text(layer.outputShape?.description ?? "?"),
    .text(state.activationNote(layer)), DescribedValue(layer.parameterCount),
  ]
}

private func clusterRows(_ state: inout ExplorerState) -> [[DescribedValue]] {
  var rows: [[DescribedValue]] = []
  for (index, layer) in state.atlas.network.layers.enumerated() {
    guard let digest = state.ensureFilled(index), digest.statistics != nil else { continue }
    for cluster in digest.clusters {
      rows.append([
        .text(layer.name), .text(cluster.letter), DescribedValue(cluster.members.count),
        state.classList(cluster), DescribedValue(cluster.deadCount),
        DescribedValue(cluster.saturatedCount),
      ])
    }
  }
  return rows
}

/// The strongest links between the panes as they are grouped now.
private func edgeRows(_ state: inout ExplorerState) -> [[DescribedValue]] {
  var rows: [[DescribedValue]] = []
  for edge in state.arrangement.edges {
    let from = state.arrangement.nodes[edge.source].layer
    let to = state.arrangement.nodes[edge.target].layer
    guard let source = state.ensureFilled(from), let target = state.ensureFilled(to) else {
      continue
    }
    for edges in describedEdges(source, target, in: state.atlas) {
      for link in edges.links.prefix(12) {
        rows.append([
          .text("\(state.layerName(from)):\(source.clusters[link.source].letter)"),
          .text("\(state.layerName(to)):\(target.clusters[link.target].letter)"),
          .text(link.isNegative ? "-" : "+"), DescribedValue(Float(link.weight)),
          .text(edges.measure.described),
        ])
      }
    }
  }
  return rows
}

/// By kernels, and by influence where that was measured.
private func describedEdges(
  _ source: LayerDigest, _ target: LayerDigest, in atlas: Atlas
) -> [GutterEdges] {
  let influence = gutterEdges(source, target, in: atlas, weighing: .influenceOrKernels)
  return [gutterEdges(source, target, in: atlas)]
    + (influence.measure.isInfluence ? [influence] : [])
}
