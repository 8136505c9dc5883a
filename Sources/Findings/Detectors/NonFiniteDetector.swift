import Analysis
import Atlases
import Networks
import Tensors

/// NaN and infinity in weights and activations.
struct NonFiniteDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.atlas.network.layers.flatMap { layer in
      [weights(layer, subject), activations(layer, subject)].compactMap { $0 }
    }
  }

  private func weights(_ layer: Layer, _ subject: DiagnosisSubject) -> Finding? {
    guard subject.atlas.layers.indices.contains(layer.id.index),
      let weights = subject.atlas[layer.id].weightStatistics, weights.nonFiniteCount > 0
    else { return nil }
    let (count, total) = (weights.nonFiniteCount, max(1, weights.count))
    return Finding(
      .nonFiniteWeights, subject: layer.name, severity: .error,
      sentence: "\(NumberText.grouped(count)) of \(NumberText.grouped(total)) weights of "
        + "\(layer.name) are NaN or infinite.",
      measures: [
        subject.measure("non-finite weights", Double(count), "weights that are NaN or infinite")
      ], place: .layer(layer.id), layers: [layer.id], imageCount: 0,
      weight: Double(count) / Double(total))
  }

  private func activations(_ layer: Layer, _ subject: DiagnosisSubject) -> Finding? {
    guard subject.atlas.layers.indices.contains(layer.id.index),
      let statistics = subject.atlas[layer.id].statistics
    else { return nil }
    let counts = statistics.health.map(\.nonFiniteCount)
    guard let most = counts.max(), most > 0 else { return nil }
    let neurons = counts.indices.filter { counts[$0] > 0 }
    let ids = neurons.map { NeuronID(layer: layer.id, channel: $0) }
    return Finding(
      .nonFiniteActivations, subject: layer.name, severity: .error,
      sentence: "\(NumberText.grouped(neurons.count)) of \(NumberText.grouped(counts.count)) "
        + "neurons of \(layer.name) give NaN, infinity or more than a billion, in up to "
        + "\(NumberText.grouped(most)) of \(NumberText.counted(statistics.imageCount, "image")).",
      measures: [
        subject.measure(
          "non-finite images", Double(most),
          "images in which the worst neuron has a value that is not finite or exceeds 1e9")
      ], place: ids.first.map { .neuron($0) } ?? .layer(layer.id), layers: [layer.id],
      neurons: ids, imageCount: statistics.imageCount,
      weight: Double(neurons.count) / Double(max(1, counts.count)))
  }
}
