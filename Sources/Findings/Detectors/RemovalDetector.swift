import Atlases
import Networks
import Tensors

/// Layers whose input can stand for their output at little cost, measured.
struct RemovalDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard !subject.isGuessing, !subject.hasCollapsed, subject.showsEnough else { return [] }
    return subject.removals.compactMap { trial in
      trial.neurons == nil && subject.isHarmless(trial) ? finding(trial, subject) : nil
    }
  }

  private func finding(_ trial: RemovalTrial, _ subject: DiagnosisSubject) -> Finding {
    let layer = subject.atlas.network[trial.layer]
    return Finding(
      .removableLayer, subject: layer.name, severity: .warning,
      sentence: "\(layer.name) could go: with its input in place of its output accuracy changes by "
        + subject.words(trial) + ".",
      measures: subject.measures(trial), place: .layer(layer.id), layers: [layer.id],
      imageCount: trial.imageCount, weight: 1 + trial.interval.lowerBound)
  }
}

extension DiagnosisSubject {
  /// Whether a trial shows that little is lost, on enough images and by a network that knows more
  /// than guessing.
  func isHarmless(_ trial: RemovalTrial) -> Bool {
    let outputs = max(2, classification?.outputCount ?? 2)
    return trial.imageCount >= Int(thresholds[.imagesMinimum])
      && Proportion(trial.correctBefore, of: trial.imageCount).lower > 1 / Double(outputs)
      && trial.interval.lowerBound >= -thresholds[.removalLoss]
  }

  /// `-0.2 points (95 %: -0.9 to +0.4) on 500 images, without training anew`.
  func words(_ trial: RemovalTrial) -> String {
    func points(_ share: Double) -> String {
      (share > 0 ? "+" : "") + NumberText.fixed(100 * share, 1)
    }
    let range = trial.interval
    return "\(points(trial.accuracyChange)) points (95 %: \(points(range.lowerBound)) to "
      + "\(points(range.upperBound))) on \(NumberText.counted(trial.imageCount, "image")), without "
      + "training anew"
  }

  func measures(_ trial: RemovalTrial) -> [FindingMeasure] {
    [
      measure(
        "accuracy before", trial.accuracyBefore,
        "share of the images that the whole network gets right"),
      measure(
        "accuracy change", trial.accuracyChange, "share right without the part less that with it"),
      measure(
        "lowest change", trial.interval.lowerBound,
        "lower end of the 95 % interval of the change, for matched images", .removalLoss),
    ]
  }
}
