import Analysis
import Atlases
import Networks
import Tensors

/// Images that could not be read, and too few of them to judge neurons by.
struct DataDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    [unreadable(subject), few(subject)].compactMap { $0 }
  }

  private func unreadable(_ subject: DiagnosisSubject) -> Finding? {
    let facts = subject.atlas.provenance
    guard facts.unreadableImageCount > 0 else { return nil }
    let total = facts.unreadableImageCount + facts.analyzedImageCount
    let share = Double(facts.unreadableImageCount) / Double(total)
    return Finding(
      .unreadableImages, subject: "network",
      severity: subject.severity(share, .unreadableWarning),
      sentence: "\(NumberText.grouped(facts.unreadableImageCount)) of "
        + "\(NumberText.counted(total, "image")) could not be read"
        + (facts.unreadableImages.first.map { ", such as \($0)" } ?? "") + ".",
      measures: [
        subject.measure(
          "unreadable share", share, "share of the images visited that could not be decoded",
          .unreadableWarning)
      ], place: .classes, imageCount: total, weight: share)
  }

  private func few(_ subject: DiagnosisSubject) -> Finding? {
    let (count, minimum) = (subject.imageCount, Int(subject.thresholds[.imagesMinimum]))
    guard count > 0, count < minimum else { return nil }
    return Finding(
      .fewImages, subject: "network", severity: .info,
      sentence:
        "The analysis rests on \(NumberText.counted(count, "image")) alone; neurons are judged from "
        + "\(NumberText.grouped(minimum)) on.",
      measures: [
        subject.measure("images", Double(count), "images analysed", .imagesMinimum)
      ], place: .network, imageCount: count, weight: 1)
  }
}
