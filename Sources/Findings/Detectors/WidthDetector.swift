import Analysis
import Atlases
import Networks
import Tensors

/// Layers most of whose neurons are dead, repeat another, or are hardly missed: measured where that
/// was tried, else by what they do.
struct WidthDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard subject.showsEnough else { return [] }
    return subject.layers.compactMap { layer in
      let trial = subject.removals.first { $0.layer == layer.layer.id && $0.neurons != nil }
      guard let trial else { return finding(layer, subject) }
      return measured(trial, layer, subject)
    }
  }

  private func measured(
    _ trial: RemovalTrial, _ layer: JudgedLayer, _ subject: DiagnosisSubject
  ) -> Finding? {
    let neurons = trial.neurons ?? []
    let share = Double(neurons.count) / Double(layer.neuronCount)
    guard !subject.isGuessing, !subject.hasCollapsed, layer.neuronCount >= Self.smallestLayer,
      neurons.allSatisfy({ (0..<layer.neuronCount).contains($0) }),
      share >= subject.thresholds[.wideShare], subject.isHarmless(trial)
    else { return nil }
    return Finding(
      .layerTooWide, subject: layer.layer.name, severity: .warning,
      sentence: "\(layer.layer.name) is too wide: with \(layer.counted(neurons.count)) held at "
        + "their mean together accuracy changes by " + subject.words(trial) + ".",
      measures: [
        subject.measure(
          "idle share", share,
          "share of neurons that were held at their mean: dead ones, duplicates, and clusters "
            + "that are missed least", .wideShare)
      ] + subject.measures(trial), place: .layer(layer.layer.id), layers: [layer.layer.id],
      neurons: layer.ids(neurons), imageCount: trial.imageCount, weight: share)
  }

  private func finding(_ layer: JudgedLayer, _ subject: DiagnosisSubject) -> Finding? {
    let health = layer.statistics.health
    let dead = (0..<layer.neuronCount).filter { health[$0].isDead }
    let redundant = layer.redundantNeurons(subject.thresholds)
    let idle = Set(dead).union(redundant)
    let share = Double(idle.count) / Double(layer.neuronCount)
    guard dead.count < layer.neuronCount, layer.neuronCount >= Self.smallestLayer,
      share >= subject.thresholds[.wideShare]
    else { return nil }
    return Finding(
      .layerTooWide, subject: layer.layer.name, severity: .warning,
      sentence:
        "\(layer.layer.name) looks too wide: of its \(NumberText.counted(layer.neuronCount, "neuron")) "
        + "\(dead.count) never fire\(dead.count == 1 ? "s" : "") and \(redundant.count) "
        + "repeat\(redundant.count == 1 ? "s" : "") another"
        + subject.onImages(layer.imageCount) + "; the accuracy without them was not measured.",
      measures: [
        subject.measure(
          "idle share", share, "share of neurons that are dead or duplicates of an earlier one",
          .wideShare)
      ], place: .layer(layer.layer.id), layers: [layer.layer.id],
      neurons: layer.ids(idle.sorted()), imageCount: layer.imageCount, weight: share)
  }

  /// Narrower layers have no width to lose.
  private static let smallestLayer = 8
}
