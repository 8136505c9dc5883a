/// What the heatmap of a run shows of each layer, or of each neuron, at each checkpoint.
public enum RunMeasure: String, Hashable, Sendable, Codable, CaseIterable {
  case change, norm, dead, mean, deviation, silent, nonFinite

  /// In words, with the unit.
  public var title: String {
    switch self {
    case .change: "relative weight change ‖ΔW‖/‖W‖"
    case .norm: "weight norm ‖W‖"
    case .dead: "share of dead neurons"
    case .mean: "mean activation"
    case .deviation: "spread of activations"
    case .silent: "share of silent neurons × images"
    case .nonFinite: "NaN and Inf"
    }
  }

  /// Whether images must be run for it.
  public var needsImages: Bool {
    switch self {
    case .change, .norm, .nonFinite: false
    case .dead, .mean, .deviation, .silent: true
    }
  }

  /// Whether it is a share between 0 and 1.
  public var isShare: Bool { self == .dead || self == .silent }
}

extension TrainingRun {
  /// A measure of a layer at a checkpoint; nil where it is not known.
  public func value(_ measure: RunMeasure, layer: Int, checkpoint: Int) -> Double? {
    let place = place(layer: layer, checkpoint: checkpoint)
    let (weights, activations) = (weights[place], activations[place])
    switch measure {
    case .change: return weights?.change
    case .norm: return weights?.norm
    case .dead:
      return activations.map { Double($0.deadCount) / Double(max(1, layers[layer].neuronCount)) }
    case .mean: return activations?.mean
    case .deviation: return activations?.deviation
    case .silent: return activations?.silentShare
    case .nonFinite:
      guard weights != nil || activations != nil else { return nil }
      return Double((weights?.nonFiniteCount ?? 0) + (activations?.nonFiniteCount ?? 0))
    }
  }

  /// The same of one neuron.
  public func value(
    _ measure: RunMeasure, layer: Int, neuron: Int, checkpoint: Int
  ) -> Double? {
    let place = place(layer: layer, checkpoint: checkpoint)
    let (weights, activations) = (weights[place], activations[place])
    func number(_ values: [Float]?) -> Double? {
      guard let values, values.indices.contains(neuron), values[neuron].isFinite else { return nil }
      return Double(values[neuron])
    }
    switch measure {
    case .change: return number(weights?.neuronChanges)
    case .norm: return number(weights?.neuronNorms)
    case .dead:
      guard let flags = activations?.neuronIsDead, flags.indices.contains(neuron) else {
        return nil
      }
      return flags[neuron] ? 1 : 0
    case .mean: return number(activations?.neuronMeans)
    case .deviation: return number(activations?.neuronDeviations)
    case .silent: return number(activations?.neuronFiringShares).map { 1 - $0 }
    case .nonFinite:
      guard let counts = activations?.neuronNonFiniteCounts, counts.indices.contains(neuron) else {
        return nil
      }
      return Double(counts[neuron])
    }
  }
}
