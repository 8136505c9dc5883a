import Atlases
import Networks
import Tensors

/// Rules that nearly every layer of a healthy network trips a little.
private let gatheredRules: [FindingRule] = [.deadNeurons, .nearlyDeadNeurons, .duplicateNeurons]

/// Layers told one by one at most.
private let separateLimit = 3

/// The findings, those of one rule that are mere info in more than three layers told as one, which
/// names the layer with most.
func gathered(_ findings: [Finding], _ subject: DiagnosisSubject) -> [Finding] {
  gatheredRules.reduce(findings) { rest, rule in
    let slight = rest.filter { $0.rule == rule && $0.severity == .info }
    guard slight.count > separateLimit, let whole = joined(slight, subject) else { return rest }
    return rest.filter { $0.rule != rule || $0.severity != .info } + [whole]
  }
}

/// One finding for several layers; nil for none.
private func joined(_ parts: [Finding], _ subject: DiagnosisSubject) -> Finding? {
  guard let most = parts.max(by: { $0.weight < $1.weight }), let layer = most.layers.first else {
    return nil
  }
  let layers = parts.flatMap(\.layers).sorted()
  let neurons = parts.flatMap(\.neurons).sorted()
  let total = layers.reduce(0) { $0 + subject.atlas.network[$1].neuronCount }
  let share = Double(neurons.count) / Double(max(1, total))
  let worst = subject.atlas.network[layer]
  return Finding(
    most.rule, subject: "several-layers", severity: .info,
    sentence: "\(most.rule.title): \(NumberText.grouped(neurons.count)) of "
      + "\(NumberText.grouped(total)) in \(NumberText.counted(layers.count, "layer"))"
      + "\(subject.onImages(most.imageCount)); the largest share, \(most.neurons.count) of "
      + "\(worst.neuronCount), in \(worst.name).",
    measures: [
      subject.measure("share", share, "share of the neurons of these layers")
    ] + most.measures, place: most.place, layers: layers, neurons: neurons,
    imageCount: most.imageCount, weight: share)
}
