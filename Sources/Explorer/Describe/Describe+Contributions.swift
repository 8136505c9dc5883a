import Analysis
import Atlases
import Networks
import Tensors

/// What switching sets of a layer's neurons off does, class by class; nothing where none was
/// measured.
func contributionTables(
  _ sets: [(name: String, members: [Int])], layer: Int, _ state: ExplorerState
) -> [DescribedTable] {
  guard state.atlas.layers.indices.contains(layer),
    let all = state.atlas.layers[layer].contributions
  else { return [] }
  return contributionTables(
    of: all, sets.compactMap { set in all.entry(of: set.members.sorted()).map { (set.name, $0) } },
    state)
}

/// The only entry of what a what-if gave.
func contributionTables(
  of all: LayerContributions, name: String, _ state: ExplorerState
) -> [DescribedTable] {
  contributionTables(of: all, all.entries.prefix(1).map { (name, $0) }, state)
}

private func contributionTables(
  of all: LayerContributions, _ entries: [(name: String, entry: Contribution)],
  _ state: ExplorerState
) -> [DescribedTable] {
  var rows: [[DescribedValue]] = []
  for (name, entry) in entries where entry.fits(classCount: all.classCounts.count) {
    for index in all.classCounts.indices where all.classCounts[index] > 0 {
      rows.append([
        .text(name), .text(state.className(index)), DescribedValue(all.classCounts[index]),
        DescribedValue(entry.scoreChange[index]), DescribedValue(entry.scoreError[index]),
        DescribedValue(entry.accuracyChange[index]), DescribedValue(entry.accuracyError[index]),
      ])
    }
  }
  guard !rows.isEmpty else { return [] }
  return [
    DescribedTable(
      name: "contributions: change when switched off (\(all.basisText))",
      columns: [
        "neurons", "class", "images", "\(all.score.rawValue) change", "standard error",
        "accuracy change", "standard error of accuracy",
      ], rows: rows)
  ]
}

/// The change over all images when each cluster of the network is switched off.
func contributionSummary(_ state: inout ExplorerState) -> DescribedTable {
  var rows: [[DescribedValue]] = []
  for (index, layer) in state.atlas.network.layers.enumerated() {
    guard state.atlas.layers.indices.contains(index),
      let all = state.atlas.layers[index].contributions, let digest = state.readyDigest(index)
    else { continue }
    for cluster in digest.clusters {
      guard let entry = all.entry(of: cluster.members.sorted()),
        entry.fits(classCount: all.classCounts.count)
      else { continue }
      let score = entry.overallScoreChange(counts: all.classCounts)
      let accuracy = entry.overallAccuracyChange(counts: all.classCounts)
      rows.append([
        .text(layer.name), .text(cluster.letter), .text(all.basisText), .estimate(score.mean),
        .estimate(score.standardError), .estimate(accuracy.mean),
        .estimate(accuracy.standardError),
      ])
    }
  }
  return DescribedTable(
    name: "contributions of clusters: change when switched off",
    columns: [
      "layer", "cluster", "rests on", "score change", "standard error", "accuracy change",
      "standard error of accuracy",
    ], rows: rows)
}

extension DescribedValue {
  fileprivate static func estimate(_ value: Double?) -> DescribedValue {
    value.map { DescribedValue(Float($0)) } ?? .none
  }
}
