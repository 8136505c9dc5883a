import Analysis
import Atlases
import Networks
import Tensors

/// Activations that a 16-bit float cannot hold.
struct HalfPrecisionDetector: Detector {
  /// Largest finite number of IEEE 754 binary16.
  private static let largestHalf: Float = 65_504

  func findings(in subject: DiagnosisSubject) -> [Finding] {
    subject.layers.compactMap { layer in
      let peaks = layer.statistics.topPatches.map { $0.first?.value ?? 0 }
      let beyond = peaks.indices.filter { peaks[$0].isFinite && peaks[$0] > Self.largestHalf }
      guard let worst = beyond.max(by: { (peaks[$0], $1) < (peaks[$1], $0) }) else { return nil }
      return Finding(
        .halfPrecisionRange, subject: layer.layer.name, severity: .info,
        sentence: layer.counted(beyond.count, ("exceeds", "exceed"))
          + " 65,504, the largest number of float16: "
          + "up to \(NumberText.compact(Double(peaks[worst]))) over \(NumberText.counted(layer.imageCount, "image")).",
        measures: [
          subject.measure(
            "largest activation", Double(peaks[worst]), "largest value at any place of any image")
        ], place: .neuron(NeuronID(layer: layer.layer.id, channel: worst)),
        layers: [layer.layer.id], neurons: layer.ids(beyond), imageCount: layer.imageCount,
        weight: Double(beyond.count) / Double(layer.neuronCount))
    }
  }
}
