import Analysis
import Atlases
import Networks
import Tensors

func describeNeuron(_ state: ExplorerState, _ description: inout ScreenDescription) {
  guard let layer = state.layer, let digest = state.digest else { return }
  let neuron = state.selection.neuron
  guard (0..<digest.neuronCount).contains(neuron) else { return }
  description.title = "neuron \(layer.name):\(neuron)"
  if let cluster = digest.cluster(of: neuron) {
    description.facts.append(DescribedFact(name: "cluster", value: cluster.letter))
  }
  description.facts.append(DescribedFact(name: "values", value: state.activationNote(layer)))
  description.facts += neuronFacts(digest, state).map(DescribedFact.init)
  if digest.statistics == nil {
    description.facts.append(DescribedFact(name: "figures", value: state.absence))
  }
  let links = neuronLinks(
    NeuronLinkKey(layer: digest.layer, neuron: neuron), in: state.atlas,
    byInfluence: state.usesInfluence)
  description.tables = [
    patchTable([neuron], digest, state), classTable(neuron, digest, state),
    linkTable("strongest inputs", links.inputs, links.inputImages, state),
    linkTable("strongest outputs", links.outputs, links.outputImages, state),
  ].filter { !$0.rows.isEmpty }
  description.tables += contributionTables([("\(neuron)", [neuron])], layer: digest.layer, state)
}

private func classTable(
  _ neuron: Int, _ digest: LayerDigest, _ state: ExplorerState
) -> DescribedTable {
  let counts = digest.statistics?.classCounts ?? []
  return DescribedTable(
    name: "classes", columns: ["class", "images"] + Statistic.allCases.map(\.title),
    rows: state.barOrder(digest, neuron).map { classIndex in
      [.text(state.className(classIndex)), DescribedValue(counts[classIndex])]
        + Statistic.allCases.map { statistic in
          digest.values(statistic).map { DescribedValue($0[neuron, classIndex]) } ?? .none
        }
    })
}

/// - Parameter images: Images that the strengths rest on where they are influence.
private func linkTable(
  _ name: String, _ links: [NeuronLink], _ images: Int?, _ state: ExplorerState
) -> DescribedTable {
  let basis = images.map { ", by influence on \(NumberText.counted($0, "image"))" } ?? ""
  return DescribedTable(
    name: name + basis, columns: ["neuron", "strength"],
    rows: links.map { [.text(state.address($0)), DescribedValue($0.strength)] })
}
