import Atlases
import Findings
import Networks

extension ExplorerState {
  /// Place of the selected finding in the list; the first where it is gone.
  func findingIndex(in findings: [Finding]) -> Int {
    findings.firstIndex { $0.id == selectedFinding } ?? 0
  }

  /// The finding the cursor is on.
  var finding: Finding? {
    guard let findings, !findings.isEmpty else { return nil }
    return findings[findingIndex(in: findings)]
  }

  /// Selects the finding at a place of the list.
  mutating func select(finding index: Int) {
    ensureFindings()
    guard let findings, findings.indices.contains(index) else { return }
    selectedFinding = findings[index].id
  }

  mutating func moveInFindings(_ move: Move) {
    ensureFindings()
    guard let findings, !findings.isEmpty else { return }
    let index = findingIndex(in: findings)
    select(finding: move.moved(index, count: findings.count, page: page))
  }

  /// `neuron conv1:3`: what Enter opens.
  func evidenceText(_ finding: Finding) -> String {
    switch finding.place {
    case .network: "the network"
    case .layer(let layer): "layer \(layerName(layer.index))"
    case .neuron(let neuron): "neuron \(layerName(neuron.layer.index)):\(neuron.channel)"
    case .classes: "accuracy and confusion"
    case .confusion: "the images"
    case .image: "the first image"
    }
  }

  /// Opens the screen that shows what the selected finding rests on.
  mutating func openEvidence() {
    ensureFindings()
    guard let finding else {
      message = "nothing was found"
      return
    }
    switch finding.place {
    case .network: run(.showNetwork)
    case .layer(let layer): jump(to: .layer) { $0.select(layer: layer.index) }
    case .neuron(let neuron):
      jump(to: .neuron) { state in
        state.select(layer: neuron.layer.index)
        state.select(neuron: neuron.channel)
      }
    case .classes: push(.classes)
    case .confusion(let truth, let predicted):
      jump(to: .images) { state in
        state.selection.classIndex = truth
        state.selection.predicted = predicted
      }
      imageFilter = ImageFilter(truth: truth, predicted: predicted)
    case .image(let image):
      jump(to: .image) { state in
        state.selection.image = image
        state.stepsThroughList = false
      }
      setFocus(ImagePart.clusters.rawValue)
    }
  }
}
