import Analysis
import Atlases
import Networks
import Tensors

/// Neurons behind an activation function that fire for hardly any image.
struct NearlyDeadDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.layers.compactMap { finding($0, subject) }
  }

  private func finding(_ layer: JudgedLayer, _ subject: DiagnosisSubject) -> Finding? {
    let limit = subject.thresholds[.rareFiring]
    guard ActivationRange(activation: layer.layer.activation) == .rectified else { return nil }
    let rare = layer.neurons { layer.statistics.isNearlyDead($0, below: limit) }
    guard let first = rare.first else { return nil }
    let share = Double(rare.count) / Double(layer.neuronCount)
    return Finding(
      .nearlyDeadNeurons, subject: layer.layer.name,
      severity: subject.tempered(subject.severity(share, .rareWarning)),
      sentence: layer.counted(rare.count, ("fires", "fire"))
        + " in fewer than \(NumberText.percent(limit, 1)) "
        + "of \(subject.counted(layer.imageCount)).",
      measures: [
        subject.measure(
          "nearly dead share", share,
          "share of neurons that are above 0 somewhere, but in fewer images than \(limit) of all",
          .rareWarning)
      ], place: .neuron(first), layers: [layer.layer.id], neurons: rare,
      imageCount: layer.imageCount, weight: share)
  }
}
