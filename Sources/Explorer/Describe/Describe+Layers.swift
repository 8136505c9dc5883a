import Analysis
import Atlases
import Networks
import Tensors

func describeLayer(_ state: ExplorerState, _ description: inout ScreenDescription) {
  guard let layer = state.layer, let digest = state.digest else { return }
  description.title = "layer \(layer.name)"
  description.facts += structureFacts(layer, state).map(DescribedFact.init)
  guard digest.hasData else {
    description.facts.append(DescribedFact(name: "figures", value: state.absence))
    description.tables = kernelTable(digest.rows, digest).map { [$0] } ?? []
    return
  }
  description.facts += orderNotes(digest, state).map { DescribedFact(name: "order", value: $0) }
  if let silhouette = digest.silhouette {
    description.facts.append(
      DescribedFact(name: "silhouette", value: NumberText.fixed(silhouette, 2)))
  }
  description.tables =
    [
      DescribedTable(
        name: "clusters", columns: ["cluster", "neurons", "strongest classes"],
        rows: digest.clusters.map {
          [.text($0.letter), DescribedValue($0.members.count), state.classList($0)]
        }),
      (state.showsKernels ? kernelTable(digest.rows, digest) : nil)
        ?? heatTable(digest.rows, digest, state),
    ]
    + contributionTables(
      digest.clusters.map { ($0.letter, $0.members) }, layer: digest.layer, state)
}

func describeCluster(_ state: ExplorerState, _ description: inout ScreenDescription) {
  guard let layer = state.layer, let digest = state.digest, let cluster = state.cluster else {
    return
  }
  description.title = "cluster \(layer.name):\(cluster.letter)"
  description.facts.append(
    DescribedFact(name: "neurons", value: "\(cluster.members.count) of \(layer.neuronCount)"))
  guard digest.hasData else {
    description.facts.append(DescribedFact(name: "figures", value: state.absence))
    description.tables = kernelTable(cluster.members, digest).map { [$0] } ?? []
    return
  }
  description.tables =
    [
      heatTable(cluster.members, digest, state),
      (state.showsKernels ? kernelTable(cluster.members, digest) : nil)
        ?? patchTable(cluster.members, digest, state),
    ] + contributionTables([(cluster.letter, cluster.members)], layer: digest.layer, state)
}

/// Neurons × classes of the statistic in use.
private func heatTable(
  _ neurons: [Int], _ digest: LayerDigest, _ state: ExplorerState
) -> DescribedTable {
  let order = state.classOrder(digest)
  let values = digest.values(state.statistic)
  let key = ScoreKey(layer: digest.layer, statistic: state.statistic, isPinned: true)
  let pinned = state.pinned?.found == nil ? nil : pinnedValues(key, digest, state)
  return DescribedTable(
    name: state.statistic.title,
    columns: ["neuron", "cluster"] + order.map(state.className)
      + (pinned == nil ? [] : [state.pinned?.basisText ?? ""]),
    rows: neurons.map { neuron in
      [DescribedValue(neuron), .text(digest.cluster(of: neuron)?.letter ?? "")]
        + order.map { classIndex in
          values.map { DescribedValue($0[neuron, classIndex]) } ?? .none
        }
        + (pinned.map { $0.indices.contains(neuron) ? [DescribedValue($0[neuron])] : [] } ?? [])
    })
}

/// Kernels in figures; nil where none are kept.
private func kernelTable(_ neurons: [Int], _ digest: LayerDigest) -> DescribedTable? {
  guard let kernels = digest.kernels else { return nil }
  return DescribedTable(
    name: "kernels", columns: ["neuron", "cluster", "norm", "strongest input channel"],
    rows: neurons.map { neuron in
      [
        DescribedValue(neuron), .text(digest.cluster(of: neuron)?.letter ?? ""),
        DescribedValue(kernels.norms[neuron]), DescribedValue(kernels.strongestInput[neuron]),
      ]
    })
}

/// What the pinned images come to for each neuron, on the scale of the classes' figures.
private func pinnedValues(
  _ key: ScoreKey, _ digest: LayerDigest, _ state: ExplorerState
) -> [Float]? {
  guard let values = state.responses(key)?.values(key.statistic) else { return nil }
  guard state.statistic == .selectivity else { return values }
  guard let norms = digest.statistics?.meanNorms, norms.means.count == values.count else {
    return nil
  }
  return norms.scores(values).map(Float.init)
}

/// The strongest patches of some neurons.
func patchTable(
  _ neurons: [Int], _ digest: LayerDigest, _ state: ExplorerState
) -> DescribedTable {
  DescribedTable(
    name: "strongest patches",
    columns: ["neuron", "place", "image", "class", "row", "column", "value"],
    rows: neurons.flatMap { neuron in
      digest.topPatches(neuron).enumerated().map { place, patch in
        let image = Int(patch.image)
        return [
          DescribedValue(neuron), DescribedValue(place + 1), .text(state.imageName(image)),
          .text(state.label(of: image).map(state.className) ?? ""),
          DescribedValue(Int(patch.y)), DescribedValue(Int(patch.x)),
          DescribedValue(patch.value),
        ]
      }
    })
}
