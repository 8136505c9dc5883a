import Analysis
import Atlases
import Networks
import Tensors

/// Networks that guess, that always answer the same, and classes they never answer.
struct AccuracyDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard let result = subject.classification else { return [] }
    let unknown = withoutOutput(result, subject)
    if let collapsed = collapse(result, subject) { return [collapsed] + unknown }
    if let chance = chance(result, subject) { return [chance] + unknown }
    return unknown + neverPredicted(result, subject)
  }

  private func chance(_ result: ClassificationResult, _ subject: DiagnosisSubject) -> Finding? {
    guard subject.isGuessing else { return nil }
    let top1 = Proportion(result.top1Count, of: result.labeledCount)
    return Finding(
      .chanceAccuracy, subject: "network", severity: .error,
      sentence: "Top-1 is \(NumberText.percent(top1.share)) of "
        + "\(NumberText.grouped(top1.total)) labelled images, no better than guessing among "
        + "\(NumberText.counted(result.outputCount, "output")): labels, preprocessing or weights "
        + "are wrong.",
      measures: [
        subject.measure("top-1", top1.share, "share of labelled images whose best output is right")
      ], place: .classes, imageCount: top1.total, weight: 1)
  }

  private func collapse(_ result: ClassificationResult, _ subject: DiagnosisSubject) -> Finding? {
    guard subject.hasCollapsed, let favorite = subject.favoriteAnswer else { return nil }
    let name =
      favorite.column < subject.classNames.count
      ? subject.classNames[favorite.column] : "no class of the data set"
    return Finding(
      .collapsedOutput, subject: "network", severity: .error,
      sentence: "\(NumberText.percent(favorite.proportion.share)) of "
        + "\(NumberText.grouped(favorite.proportion.total)) labelled images are classified as "
        + "\(name): the output hardly depends on the image.",
      measures: [
        subject.measure(
          "favourite answer", favorite.proportion.share,
          "share of labelled images given the most frequent answer", .collapseShare)
      ], place: .classes,
      classes: favorite.column < subject.classNames.count ? [favorite.column] : [],
      imageCount: favorite.proportion.total, weight: favorite.proportion.share)
  }

  private func withoutOutput(
    _ result: ClassificationResult, _ subject: DiagnosisSubject
  ) -> [Finding] {
    subject.judgedClasses.filter { result.outputOfClass[$0.index] == nil }.map { entry in
      Finding(
        .classWithoutOutput, subject: entry.name, severity: .warning,
        sentence: "The network has no output for class \(entry.name), which has "
          + "\(NumberText.counted(entry.count, "image")).",
        measures: [subject.measure("images", Double(entry.count), "labelled images of the class")],
        place: .confusion(truth: entry.index, predicted: subject.classNames.count),
        classes: [entry.index], imageCount: entry.count,
        weight: Double(entry.count) / Double(result.labeledCount))
    }
  }

  private func neverPredicted(
    _ result: ClassificationResult, _ subject: DiagnosisSubject
  ) -> [Finding] {
    let width = subject.classNames.count + 1
    return subject.judgedClasses.compactMap { entry in
      guard subject.answerCounts[entry.index] == 0, result.outputOfClass[entry.index] != nil else {
        return nil
      }
      let row = result.confusion[entry.index * width..<(entry.index + 1) * width]
      let instead = row.indices.max { (row[$0], $1) < (row[$1], $0) } ?? row.startIndex
      return Finding(
        .neverPredicted, subject: entry.name, severity: .warning,
        sentence: "Class \(entry.name) is never predicted, although "
          + "\(NumberText.counted(entry.count, "image")) of it were run.",
        measures: [
          subject.measure("predictions", 0, "labelled images whose best output is the class"),
          subject.measure(
            "images", Double(entry.count), "labelled images of the class", .classImages),
        ], place: .confusion(truth: entry.index, predicted: instead - row.startIndex),
        classes: [entry.index], imageCount: entry.count,
        weight: Double(entry.count) / Double(result.labeledCount))
    }
  }
}

extension DiagnosisSubject {
  /// Whether top-1 is no better than choosing an output blindly, as far as the images tell.
  var isGuessing: Bool {
    guard let result = classification, result.outputCount > 1,
      result.labeledCount >= Int(thresholds[.imagesMinimum])
    else { return false }
    return Proportion(result.top1Count, of: result.labeledCount).lower
      <= 1 / Double(result.outputCount)
  }

  /// Whether nearly all images get the same answer although they are of several classes.
  var hasCollapsed: Bool {
    guard let result = classification, let favorite = favoriteAnswer,
      result.labeledCount >= Int(thresholds[.imagesMinimum])
    else { return false }
    let largest = classImageCounts.max() ?? 0
    return favorite.proportion.share >= thresholds[.collapseShare]
      && Double(largest) < 0.5 * Double(result.labeledCount)
      && favorite.column < classNames.count
  }

  /// The most frequent answer as a column of the confusion matrix.
  var favoriteAnswer: (column: Int, proportion: Proportion)? {
    guard classification != nil else { return nil }
    let counts = answerCounts
    guard let best = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else {
      return nil
    }
    return (best, Proportion(counts[best], of: counts.reduce(0, +)))
  }

  /// Classes with enough images to judge them by.
  var judgedClasses: [(index: Int, name: String, count: Int)] {
    let least = Int(thresholds[.classImages])
    return zip(classNames, classImageCounts).enumerated().compactMap { index, entry in
      entry.1 >= least ? (index, entry.0, entry.1) : nil
    }
  }
}
