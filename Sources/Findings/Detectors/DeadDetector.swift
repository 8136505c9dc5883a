import Analysis
import Atlases
import Networks
import Tensors

/// Neurons that never fire, and layers that consist of them.
struct DeadDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.layers.compactMap { finding($0, subject) }
  }

  private func finding(_ layer: JudgedLayer, _ subject: DiagnosisSubject) -> Finding? {
    let health = layer.statistics.health
    let dead = layer.neurons { health[$0].isDead }
    guard let first = dead.first else { return nil }
    let share = Double(dead.count) / Double(layer.neuronCount)
    let isWhole = dead.count == layer.neuronCount
    let verb =
      layer.layer.activation == nil
      ? (one: "never varies", many: "never vary") : (one: "never fires", many: "never fire")
    let severity: FindingSeverity =
      isWhole ? .error : subject.tempered(subject.severity(share, .deadWarning, .deadError))
    return Finding(
      isWhole ? .deadLayer : .deadNeurons, subject: layer.layer.name, severity: severity,
      sentence: (isWhole
        ? "All \(NumberText.counted(layer.neuronCount, "neuron")) of \(layer.layer.name) \(verb.many)"
        : layer.counted(dead.count, verb)) + subject.onImages(layer.imageCount) + ".",
      measures: [
        subject.measure(
          "dead share", share,
          layer.layer.activation == nil
            ? "share of neurons with one and the same value at every place of every image"
            : "share of neurons that are above 0 nowhere in any image",
          severity == .error && !isWhole ? .deadError : .deadWarning)
      ], place: isWhole ? .layer(layer.layer.id) : .neuron(first), layers: [layer.layer.id],
      neurons: dead, imageCount: layer.imageCount, weight: share)
  }
}
