import Analysis
import Atlases
import Networks
import Tensors

/// Neurons that respond as an earlier one of the same layer does.
struct DuplicateDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.layers.compactMap { finding($0, subject) }
  }

  private func finding(_ layer: JudgedLayer, _ subject: DiagnosisSubject) -> Finding? {
    let redundant = layer.redundantNeurons(subject.thresholds)
    guard let similarity = layer.part.similarity, let first = redundant.first else { return nil }
    let share = Double(redundant.count) / Double(layer.neuronCount)
    let limit = subject.thresholds[.duplicateCosine]
    let pair = similarity.duplicates(at: Float(limit)).first { $0.second == first }
    let example = pair.map {
      ", such as \($0.second) of \($0.first) with cosine "
        + NumberText.fixed(Double($0.cosine), 2)
    }
    return Finding(
      .duplicateNeurons, subject: layer.layer.name,
      severity: subject.tempered(subject.severity(share, .duplicateWarning)),
      sentence: layer.counted(redundant.count, ("repeats", "repeat"))
        + " an earlier one\(example ?? "")"
        + subject.onImages(similarity.imageCount) + ".",
      measures: [
        subject.measure(
          "redundant share", share,
          "share of neurons with an earlier one of the layer whose activations, spatial mean and "
            + "value at the map's centre, each less its mean over images, have |cosine| at "
            + "least \(limit)", .duplicateWarning)
      ], place: .neuron(NeuronID(layer: layer.layer.id, channel: first)),
      layers: [layer.layer.id], neurons: layer.ids(redundant), imageCount: similarity.imageCount,
      weight: share)
  }
}
