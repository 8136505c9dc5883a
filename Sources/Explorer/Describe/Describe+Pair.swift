import Networks

func describePair(_ state: ExplorerState, _ description: inout ScreenDescription) {
  let pair = state.selectedPair
  description.title =
    "what tells \(state.className(pair.first)) from \(state.className(pair.second))"
  description.facts.append(
    DescribedFact(
      name: "d",
      value: "difference of the class means of the spatial mean, in units of their spread"))
  if let counts = state.pairDigest?.imageCounts {
    description.facts.append(
      DescribedFact(name: "images", value: "\(counts.first) and \(counts.second)"))
  }
  description.tables = [
    DescribedTable(
      name: "clusters", columns: ["cluster", "mean |d|"],
      rows: state.shownPairClusters.map { cluster in
        let letter = state.digests[cluster.layer]?.clusters[cluster.place].letter ?? ""
        return [
          .text("\(state.layerName(cluster.layer)):\(letter)"), .number(cluster.strength),
        ]
      }),
    DescribedTable(
      name: "neurons", columns: ["neuron", "d"],
      rows: state.shownPairNeurons.map { neuron in
        [
          .text("\(state.layerName(neuron.layer)):\(neuron.neuron)"), .number(neuron.effect),
        ]
      }),
  ]
}
