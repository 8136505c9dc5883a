import Analysis
import Atlases
import Networks
import Tensors

/// Neurons that stay at an end of their activation function's range.
struct SaturationDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.layers.compactMap { finding($0, subject) }
  }

  private func finding(_ layer: JudgedLayer, _ subject: DiagnosisSubject) -> Finding? {
    let health = layer.statistics.health
    let stuck = layer.neurons { health[$0].isSaturated && !health[$0].isDead }
    guard let first = stuck.first else { return nil }
    let share = Double(stuck.count) / Double(layer.neuronCount)
    let severity = subject.severity(share, .saturatedWarning, .saturatedError)
    let activation = layer.layer.activation ?? "their activation"
    return Finding(
      .saturatedNeurons, subject: layer.layer.name, severity: severity,
      sentence: layer.counted(stuck.count, ("stays", "stay"))
        + " at an end of \(activation) in every one of "
        + "\(NumberText.counted(layer.imageCount, "image")).",
      measures: [
        subject.measure(
          "saturated share", share,
          "share of neurons whose spatial mean is within 1 % of a bound in every image, or that "
            + "have one and the same value above 0 everywhere",
          severity == .error ? .saturatedError : .saturatedWarning)
      ], place: .neuron(first), layers: [layer.layer.id], neurons: stuck,
      imageCount: layer.imageCount, weight: share)
  }
}
