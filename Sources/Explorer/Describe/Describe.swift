import Analysis
import Atlases
import Networks
import Tensors

/// What the screen of a state says, without a screen.
package func describe(_ state: ExplorerState) -> ScreenDescription {
  var state = state
  state.complete()
  state.ensureFilled(state.selection.layer)
  var description = ScreenDescription(
    view: state.view.rawValue, title: "", facts: sharedFacts(state), tables: [])
  switch state.view {
  case .network: describeNetwork(&state, &description)
  case .layer: describeLayer(state, &description)
  case .cluster: describeCluster(state, &description)
  case .neuron: describeNeuron(state, &description)
  case .classes: describeClasses(state, &description)
  case .pair: describePair(state, &description)
  case .images: describeImages(state, &description)
  case .image: describeImage(&state, &description)
  case .findings: describeFindings(state, &description)
  case .whatIf: describeWhatIfs(state, &description)
  case .flips: describeFlips(state, &description)
  }
  return description
}

/// What every screen rests on.
private func sharedFacts(_ state: ExplorerState) -> [DescribedFact] {
  var facts = [DescribedFact(name: "model", value: state.atlas.network.name)]
  if let dataset = state.atlas.dataset {
    facts.append(DescribedFact(name: "data", value: dataset.name))
  }
  if let images = imagesText(state, isBrief: false) {
    facts.append(DescribedFact(name: "rests on", value: images))
  }
  if let result = state.atlas.classification, let top1 = result.top1 {
    let count = NumberText.grouped(result.labeledCount)
    facts.append(
      DescribedFact(name: "top-1", value: "\(NumberText.percent(top1)) of \(count) labelled"))
  }
  return facts
}

extension DescribedFact {
  init(_ fact: Fact) {
    self.init(name: fact.name, value: fact.value)
  }
}

extension ExplorerState {
  /// `frog, deer`: a cluster's strongest classes.
  func classList(_ cluster: ClusterDigest) -> DescribedValue {
    .text(cluster.topClasses.map(className).joined(separator: ", "))
  }
}
