import Analysis
import Atlases
import Networks
import Tensors

/// A last hidden layer in which no neuron stands for a class and none repeats another.
///
/// Only the layers that feed the output are looked at: earlier ones serve all classes by design.
struct NarrownessDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard subject.showsEnough, let result = subject.classification, subject.classNames.count > 2
    else { return [] }
    return subject.layers.filter { subject.feedsOutputLayer($0.layer.id) }.compactMap {
      finding($0, subject, result.top1 ?? 1)
    }
  }

  private func finding(
    _ layer: JudgedLayer, _ subject: DiagnosisSubject, _ accuracy: Double
  ) -> Finding? {
    guard layer.layer.activation != nil, accuracy < Self.satisfactory,
      layer.part.similarity?.pairs.isEmpty == true,
      !layer.statistics.health.contains(where: \.isDead)
    else { return nil }
    let selectivities = (0..<layer.neuronCount).compactMap {
      layer.statistics.classSelectivity(of: $0)
    }
    guard selectivities.count == layer.neuronCount else { return nil }
    let limit = subject.thresholds[.narrowSelectivity]
    let share = Double(selectivities.count { $0 >= limit }) / Double(layer.neuronCount)
    guard share <= subject.thresholds[.narrowShare] else { return nil }
    return Finding(
      .layerTooNarrow, subject: layer.layer.name, severity: .info,
      sentence:
        "\(layer.layer.name) may be too narrow: none of its \(NumberText.counted(layer.neuronCount, "neuron")) "
        + "repeats another, \(NumberText.percent(share, 0)) of them prefer a class, and top-1 is "
        + "\(NumberText.percent(accuracy))" + subject.onImages(layer.imageCount) + ".",
      measures: [
        subject.measure(
          "specific share", share,
          "share of neurons whose class selectivity (best class mean − mean of the others) ÷ "
            + "(their sum) is at least \(limit)", .narrowShare)
      ], place: .layer(layer.layer.id), layers: [layer.layer.id], imageCount: layer.imageCount,
      weight: 1 - share)
  }

  /// Accuracy from which width is no question.
  private static let satisfactory = 0.95
}
