import Analysis
import Atlases
import Networks
import Tensors

/// Images whose label a good network firmly disagrees with.
///
/// As in confident learning, an image counts only when the network is at least as sure of the other
/// class as it is on average of that class's own images, and the fixed threshold is reached too:
/// C. Northcutt, L. Jiang, I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset
/// Labels", JAIR 70, 2021, doi:10.1613/jair.1.12125.
struct LabelNoiseDetector: Detector {
  /// Images named at most.
  private static let limit = 50

  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard let result = subject.classification, let dataset = subject.atlas.dataset,
      result.predictions.count == dataset.labels.count,
      (result.top1 ?? 0) >= subject.thresholds[.noiseAccuracy]
    else { return [] }
    let classOfOutput = result.outputOfClass.enumerated().reduce(into: [Int: Int]()) {
      if let output = $1.element, $0[output] == nil { $0[output] = $1.offset }
    }
    let usual = usualConfidence(result, dataset, classOfOutput, subject.classNames.count)
    var suspects: [(image: Int, confidence: Float)] = []
    for (image, prediction) in result.predictions.enumerated() {
      guard let prediction, let label = dataset.labels[image],
        let predicted = classOfOutput[Int(prediction.output)], predicted != label,
        let expected = usual[predicted],
        Double(prediction.confidence) >= max(subject.thresholds[.noiseConfidence], expected)
      else { continue }
      suspects.append((image, prediction.confidence))
    }
    guard !suspects.isEmpty else { return [] }
    let images = suspects.sorted { ($1.confidence, $0.image) < ($0.confidence, $1.image) }
      .map(\.image)
    return [finding(images, result, subject)]
  }

  private func finding(
    _ images: [Int], _ result: ClassificationResult, _ subject: DiagnosisSubject
  ) -> Finding {
    let share = Double(images.count) / Double(result.labeledCount)
    let limit = NumberText.percent(subject.thresholds[.noiseConfidence], 0)
    let are = images.count == 1 ? "is" : "are"
    return Finding(
      .labelNoise, subject: "network", severity: .info,
      sentence: "\(NumberText.grouped(images.count)) of "
        + "\(NumberText.grouped(result.labeledCount)) labelled images \(are) classified otherwise with "
        + "at least \(limit) confidence: a wrong label, or an image the network misreads.",
      measures: [
        subject.measure(
          "suspects", share,
          "share of labelled images with another best output whose probability reaches the "
            + "threshold and that class's average on images recognised as it", .noiseConfidence)
      ], place: .image(images[0]), images: Array(images.prefix(Self.limit)),
      imageCount: result.labeledCount, weight: share)
  }

  /// Mean confidence of the images of each class that are recognised; nil without one.
  private func usualConfidence(
    _ result: ClassificationResult, _ dataset: DatasetIndex, _ classOfOutput: [Int: Int],
    _ classCount: Int
  ) -> [Double?] {
    var sums = Array(repeating: (0.0, 0), count: classCount)
    for (image, prediction) in result.predictions.enumerated() {
      guard let prediction, prediction.confidence.isFinite, let label = dataset.labels[image],
        classOfOutput[Int(prediction.output)] == label, label < classCount
      else { continue }
      sums[label].0 += Double(prediction.confidence)
      sums[label].1 += 1
    }
    return sums.map { $0.1 > 0 ? $0.0 / Double($0.1) : nil }
  }
}
