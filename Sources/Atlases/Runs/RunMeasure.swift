/// What the heatmap of a run shows of each layer, or of each neuron, at each checkpoint.
public enum RunMeasure: String, Hashable, Sendable, Codable, CaseIterable {
  case change, norm, dead, mean, deviation, silent, selectivity, gradient, nonFinite

  /// In words, with the unit.
  public var title: String {
    switch self {
    case .change: "relative weight change ‖ΔW‖/‖W‖"
    case .norm: "weight norm ‖W‖"
    case .dead: "share of dead neurons"
    case .mean: "mean activation"
    case .deviation: "spread of activations"
    case .silent: "share of silent neurons × images"
    case .selectivity: "class selectivity (best class mean − mean of the others) ÷ sum"
    case .gradient: "gradient norm, as training logged it"
    case .nonFinite: "NaN and Inf"
    }
  }

  /// Whether images must be run for it.
  public var needsImages: Bool {
    switch self {
    case .change, .norm, .gradient, .nonFinite: false
    case .dead, .mean, .deviation, .silent, .selectivity: true
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
    case .selectivity: return activations?.selectivity
    case .gradient:
      guard logged.indices.contains(checkpoint) else { return nil }
      return logged[checkpoint]?.gradientNorm(layer: layers[layer].name)
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
    case .selectivity: return number(activations?.neuronSelectivities.map { $0 ?? .nan })
    case .gradient: return nil
    case .nonFinite:
      guard let counts = activations?.neuronNonFiniteCounts, counts.indices.contains(neuron) else {
        return nil
      }
      return Double(counts[neuron])
    }
  }
}

extension LoggedEpoch {
  /// What training logged as the norm of a layer's gradient, in a column such as
  /// `gradient_norm/layer1.0.conv1` or `grad_norm/layer1.0.conv1.weight`.
  public func gradientNorm(layer name: String) -> Double? {
    values.first { column in
      guard let layer = RunCurve.gradientLayer(column.name) else { return false }
      return layer == name || layer == "\(name).weight"
    }?.value
  }
}

extension RunCurve {
  /// Whether a column of a log seems to be the norm of the whole gradient.
  static func isGradient(_ name: String) -> Bool {
    name.lowercased().hasPrefix("grad") && gradientLayer(name) == nil
  }

  /// The layer or parameter whose gradient a column is about; nil where it is about none.
  static func gradientLayer(_ name: String) -> Substring? {
    guard name.lowercased().hasPrefix("grad"), let slash = name.firstIndex(of: "/") else {
      return nil
    }
    let layer = name[name.index(after: slash)...]
    return layer.isEmpty ? nil : layer
  }
}
