import Analysis
import Atlases
import Networks
import Tensors

/// Preprocessing that does worse than another that was tried.
struct PreprocessingDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard let choice = subject.atlas.provenance.preprocessing,
      let better = better(choice), let top1 = better.top1, let chosen = choice.chosen.top1
    else { return [] }
    return [
      Finding(
        .preprocessing, subject: "network", severity: .warning,
        sentence: "Images were fed as \(choice.chosen.name), with top-1 "
          + "\(choice.chosen.accuracyText), although \(better.name) reaches "
          + "\(better.accuracyText)\(choice.checkpoint.map { " on \($0)" } ?? "").",
        measures: [
          subject.measure("top-1 in use", chosen, "share of the images tried that are right"),
          subject.measure("top-1 of the better", top1, "share of the images tried that are right"),
        ], place: .classes, imageCount: better.imageCount, weight: top1 - chosen)
    ]
  }

  /// The best candidate whose lead chance does not explain; an estimate is taken to rest on no more
  /// than the images that were run.
  private func better(_ choice: PreprocessingChoice) -> PreprocessingTrial? {
    guard let chosen = choice.chosen.top1 else { return nil }
    let upper = proportion(chosen, choice.chosen.imageCount).upper
    let leaders = choice.runnersUp.filter { trial in
      guard let top1 = trial.top1 else { return false }
      return proportion(top1, trial.sampleCount ?? trial.imageCount).lower > upper
    }
    return leaders.max { ($0.top1 ?? 0) < ($1.top1 ?? 0) }
  }

  private func proportion(_ share: Double, _ count: Int) -> Proportion {
    Proportion(Int((share * Double(count)).rounded()), of: count)
  }
}
