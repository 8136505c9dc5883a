import Atlases
import Networks
import Tensors

/// Something about a training run that deserves attention.
public struct RunFinding: Hashable, Sendable {
  public var rule: RunFindingRule
  public var severity: FindingSeverity
  /// What was found, in one sentence with its numbers.
  public var sentence: String
  /// Index of the first layer concerned.
  public var layer: Int
  /// Index of the first checkpoint concerned.
  public var checkpoint: Int
  public var measures: [FindingMeasure]
  /// Images the numbers rest on; 0 where they come from the weights alone.
  public var imageCount: Int

  /// `training-died/6`: the same finding has the same name whenever it is made.
  public func id(in run: TrainingRun) -> String {
    "\(rule.rawValue)/\(run.checkpoints[checkpoint].label)"
  }
}

/// What is looked for in a run; in order of importance.
public enum RunFindingRule: String, Hashable, Sendable, CaseIterable {
  case trainingDiverged = "training-diverged"
  case trainingDied = "training-died"
  case layerFrozen = "layer-frozen"

  /// A few words.
  public var title: String {
    switch self {
    case .trainingDiverged: "Training that diverged"
    case .trainingDied: "Training that died"
    case .layerFrozen: "A layer that stands still"
    }
  }

  /// One sentence on what to do.
  public var advice: String {
    switch self {
    case .trainingDiverged:
      "Go back to a checkpoint before, and lower the learning rate or clip gradients."
    case .trainingDied:
      "Go back to the checkpoint before, lower the learning rate, or normalise."
    case .layerFrozen: "Check whether it is meant to be frozen."
    }
  }
}

/// Looks for what went wrong while a network was trained.
public struct RunDiagnosis: Sendable {
  public var thresholds = Thresholds()

  /// With the standard thresholds.
  public init() {}

  /// What was found, most important first.
  ///
  /// - Complexity: O(layers · checkpoints).
  public func findings(in run: TrainingRun) -> [RunFinding] {
    [diverged(run), died(run)].compactMap(\.self) + frozen(run)
  }

  /// The first checkpoint with weights that are no numbers, and the first such layer.
  private func diverged(_ run: TrainingRun) -> RunFinding? {
    for checkpoint in run.checkpoints.indices {
      let layers = run.layers.indices.filter {
        (run.weights[run.place(layer: $0, checkpoint: checkpoint)]?.nonFiniteCount ?? 0) > 0
      }
      guard let first = layers.first else { continue }
      let count = layers.reduce(0) {
        $0 + (run.weights[run.place(layer: $1, checkpoint: checkpoint)]?.nonFiniteCount ?? 0)
      }
      return RunFinding(
        rule: .trainingDiverged, severity: .error,
        sentence: "Training diverged \(span(run, checkpoint)): "
          + "\(NumberText.grouped(count)) weights are NaN or infinite, in \(run.layers[first].name) first.",
        layer: first, checkpoint: checkpoint,
        measures: [
          FindingMeasure(
            "non-finite weights", Double(count),
            "weights of all layers that are NaN or infinite at that checkpoint")
        ], imageCount: 0)
    }
    return nil
  }

  /// The first step in which a hidden layer lost a large share of its living neurons.
  private func died(_ run: TrainingRun) -> RunFinding? {
    let hidden = run.layers.indices.dropLast()
    for checkpoint in run.checkpoints.indices.dropFirst() {
      let (before, after) = (checkpoint - 1, checkpoint)
      let gone = hidden.filter { layer in
        guard let was = share(run, layer, before), let now = share(run, layer, after) else {
          return false
        }
        return now - was >= thresholds[.diedJump]
      }
      guard let first = gone.first, let now = share(run, first, after) else { continue }
      let images = run.activations[run.place(layer: first, checkpoint: after)]?.imageCount ?? 0
      let worst = gone.compactMap { share(run, $0, after) }.max() ?? now
      return RunFinding(
        rule: .trainingDied, severity: worst >= thresholds[.deadError] ? .error : .warning,
        sentence: "Training died \(span(run, checkpoint)): "
          + words(run, hidden, first: first, now, checkpoint),
        layer: first, checkpoint: checkpoint,
        measures: [
          FindingMeasure(
            "dead share", worst,
            "share of a layer's neurons that are dead afterwards, in the layer with most",
            threshold: .deadError, limit: thresholds[.deadError]),
          FindingMeasure(
            "rise", now - (share(run, first, before) ?? 0),
            "dead share of the first layer less that at the checkpoint before",
            threshold: .diedJump,
            limit: thresholds[.diedJump]),
        ], imageCount: images)
    }
    return nil
  }

  /// What died in the step to `checkpoint`: in the first layer, in all, and with which accuracy.
  private func words(
    _ run: TrainingRun, _ hidden: Range<Int>, first: Int, _ share: Double, _ checkpoint: Int
  ) -> String {
    let layer = run.layers[first]
    let place = run.place(layer: first, checkpoint: checkpoint)
    let images = run.activations[place]?.imageCount ?? 0
    let before = deadTotal(run, hidden, checkpoint - 1)
    let after = deadTotal(run, hidden, checkpoint)
    let dead = count(share, of: layer)
    var text =
      "\(layer.name) went first, \(dead) of its \(NumberText.counted(layer.neuronCount, "neuron")) are dead "
    text += "on \(NumberText.counted(images, "image")); over all hidden layers "
    text += "\(NumberText.grouped(before.dead)) became \(NumberText.grouped(after.dead)) of "
    text += NumberText.grouped(after.neurons)
    if let loss = accuracyLoss(run, checkpoint) { text += "; accuracy \(loss)" }
    return text + "."
  }

  /// Layers whose weights never changed while those of others did.
  private func frozen(_ run: TrainingRun) -> [RunFinding] {
    func largest(_ layer: Int) -> Double? {
      run.checkpoints.indices.compactMap { run.value(.change, layer: layer, checkpoint: $0) }.max()
    }
    let changes = run.layers.indices.map(largest)
    let known = changes.compactMap(\.self).sorted()
    guard run.checkpoints.count > 2, known.count > 1,
      known[known.count / 2] >= thresholds[.frozenChange] * 100
    else { return [] }
    return run.layers.indices.compactMap { layer in
      guard let change = changes[layer], change < thresholds[.frozenChange] else { return nil }
      return RunFinding(
        rule: .layerFrozen, severity: .info,
        sentence: "The weights of \(run.layers[layer].name) stand still: no step changed them by "
          + "more than \(NumberText.percent(change, 4)) of their norm.",
        layer: layer, checkpoint: run.checkpoints.count - 1,
        measures: [
          FindingMeasure(
            "largest change", change, "largest ‖ΔW‖/‖W‖ between two checkpoints",
            threshold: .frozenChange, limit: thresholds[.frozenChange])
        ], imageCount: 0)
    }
  }

  private func share(_ run: TrainingRun, _ layer: Int, _ checkpoint: Int) -> Double? {
    run.value(.dead, layer: layer, checkpoint: checkpoint)
  }

  private func count(_ share: Double, of layer: RunLayer) -> Int {
    Int((share * Double(layer.neuronCount)).rounded())
  }

  private func deadTotal(
    _ run: TrainingRun, _ layers: Range<Int>, _ checkpoint: Int
  ) -> (dead: Int, neurons: Int) {
    layers.reduce((0, 0)) { total, layer in
      guard let found = run.activations[run.place(layer: layer, checkpoint: checkpoint)] else {
        return total
      }
      return (total.0 + found.deadCount, total.1 + run.layers[layer].neuronCount)
    }
  }

  /// `fell from 57.6 % to 10.0 % of 100 images`.
  private func accuracyLoss(_ run: TrainingRun, _ checkpoint: Int) -> String? {
    guard let was = run.accuracy[checkpoint - 1], let now = run.accuracy[checkpoint],
      now.top1 < was.top1
    else { return nil }
    return "fell from \(NumberText.percent(was.top1)) to \(NumberText.percent(now.top1)) of "
      + "\(NumberText.grouped(now.labeledCount)) labelled images"
  }

  /// `between checkpoints 5 and 6`.
  private func span(_ run: TrainingRun, _ checkpoint: Int) -> String {
    let label = run.checkpoints[checkpoint].label
    guard checkpoint > 0 else { return "before checkpoint \(label)" }
    return "between checkpoints \(run.checkpoints[checkpoint - 1].label) and \(label)"
  }
}
