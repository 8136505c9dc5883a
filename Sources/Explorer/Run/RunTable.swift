import Atlases

/// The rows that a level of the run screen shows, as numbers.
struct RunTable {
  struct Row {
    var label: String
    /// One a checkpoint; nil where it is not known.
    var values: [Double?]
  }

  var title: String
  var rows: [Row]
  /// Lowest and highest known value of all rows; nil when none is known.
  var range: ClosedRange<Double>?

  init(_ state: RunState) {
    let run = state.run
    let columns = run.checkpoints.indices
    switch state.level {
    case .layers:
      title = state.measure.title
      rows = run.layers.indices.map { layer in
        Row(
          label: run.layers[layer].name,
          values: columns.map { run.value(state.measure, layer: layer, checkpoint: $0) })
      }
    case .neurons:
      title = "\(run.layers[state.layer].name): \(state.measure.title)"
      rows = (0..<run.layers[state.layer].neuronCount).map { neuron in
        Row(
          label: "neuron \(neuron)",
          values: columns.map {
            run.value(state.measure, layer: state.layer, neuron: neuron, checkpoint: $0)
          })
      }
    case .neuron:
      title = "\(run.layers[state.layer].name), neuron \(state.neuron)"
      rows = RunMeasure.allCases.map { measure in
        Row(
          label: measure.neuronTitle,
          values: columns.map {
            run.value(measure, layer: state.layer, neuron: state.neuron, checkpoint: $0)
          })
      }
    }
    range = Self.range(rows.flatMap(\.values))
  }

  /// Lowest and highest known value.
  static func range(_ values: [Double?]) -> ClosedRange<Double>? {
    let known = values.compactMap(\.self).filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return nil }
    return low...high
  }
}

extension RunMeasure {
  /// What it says of one neuron.
  var neuronTitle: String {
    switch self {
    case .dead: "dead"
    case .silent: "silent in images"
    case .change: "weight change"
    case .norm, .mean, .deviation, .selectivity, .gradient, .nonFinite: short
    }
  }

  /// In a word or two.
  var short: String {
    switch self {
    case .change: "change"
    case .norm: "norm"
    case .dead: "dead"
    case .mean: "mean"
    case .deviation: "spread"
    case .silent: "silent"
    case .selectivity: "selectivity"
    case .gradient: "gradient norm"
    case .nonFinite: "NaN, Inf"
    }
  }
}
