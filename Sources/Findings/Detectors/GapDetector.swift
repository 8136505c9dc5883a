import Analysis
import Atlases
import Networks
import Tensors

/// Accuracy on training images that test images do not reach, in all and class by class.
struct GapDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard let training = subject.training, let result = subject.classification else { return [] }
    let other = DiagnosisSubject(training, training: nil, subject.thresholds)
    guard let learned = other.classification, other.classNames == subject.classNames else {
      return []
    }
    let names = subject.classNames
    let whole = gap(
      "network", "all classes", Proportion(learned.top1Count, of: learned.labeledCount),
      Proportion(result.top1Count, of: result.labeledCount), nil, subject)
    let each = names.indices.compactMap { index in
      gap(
        names[index], names[index], recognized(other, index),
        recognized(subject, index), index, subject)
    }
    return [whole].compactMap { $0 } + each
  }

  private func gap(
    _ id: String, _ name: String, _ training: Proportion, _ test: Proportion, _ index: Int?,
    _ subject: DiagnosisSubject
  ) -> Finding? {
    let difference = training.share - test.share
    let minimum = Int(subject.thresholds[.classImages])
    guard difference >= subject.thresholds[.gapAccuracy], training.total >= minimum,
      test.total >= minimum, training.lower > test.upper
    else { return nil }
    return Finding(
      .generalizationGap, subject: id, severity: index == nil ? .warning : .info,
      sentence: "Accuracy on \(name) falls from \(NumberText.percent(training.share)) of "
        + "\(NumberText.grouped(training.total)) training images to "
        + "\(NumberText.percent(test.share)) of \(NumberText.grouped(test.total)) test images.",
      measures: [
        subject.measure(
          "gap", difference, "accuracy on training images less accuracy on test images",
          .gapAccuracy)
      ], place: .classes, classes: index.map { [$0] } ?? [], imageCount: test.total,
      weight: difference)
  }

  /// Images of a class that were recognised.
  private func recognized(_ subject: DiagnosisSubject, _ index: Int) -> Proportion {
    let place = index * (subject.classNames.count + 1) + index
    return Proportion(
      subject.classification?.confusion[place] ?? 0, of: subject.classImageCounts[index])
  }
}
