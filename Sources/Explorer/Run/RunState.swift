import Atlases
import Canvas

/// How far into a run one looks.
package enum RunLevel: Hashable, Sendable {
  /// Layers × checkpoints.
  case layers
  /// Neurons of the selected layer × checkpoints.
  case neurons
  /// Measures of the selected neuron × checkpoints.
  case neuron
}

/// Everything the run screen knows.
package struct RunState: Sendable {
  package internal(set) var run: TrainingRun
  package internal(set) var context: RenderContext
  /// The loop ends once it is true.
  package internal(set) var hasQuit = false
  /// What is being done in the background; nil when nothing is.
  package internal(set) var phase: String?
  package internal(set) var level = RunLevel.layers
  package internal(set) var measure: RunMeasure
  /// Indices into the run.
  package internal(set) var layer = 0
  package internal(set) var neuron = 0
  package internal(set) var checkpoint: Int
  /// Colours by the row's own range instead of that of all rows.
  var usesRowScale = false
  var showsHelp = false
  var message: String?

  package init(run: TrainingRun, context: RenderContext, measure: RunMeasure? = nil) {
    self.run = run
    self.context = context
    self.measure = measure ?? .change
    checkpoint = max(0, run.checkpoints.count - 1)
    usesRowScale = self.measure.isBestByRow
  }

  /// The selected layer by name, to begin with.
  ///
  /// - Returns: False when the run has no such layer.
  package mutating func select(layer name: String) -> Bool {
    guard let place = run.layers.firstIndex(where: { $0.name == name }) else { return false }
    (layer, level) = (place, .neurons)
    return true
  }
}

/// What happened on the run screen.
package enum RunAction: Sendable {
  case key(Key)
  case resized(ScreenSize)
  /// The run as it is now known; selections stay.
  case updated(TrainingRun)
  /// A step began; nil when all is done.
  case phase(String?)
  /// Something to tell, one sentence.
  case message(String)
  case appearanceFound(Appearance)
}

extension RunMeasure {
  /// Whether layers differ so much in it that each is best coloured by its own range.
  var isBestByRow: Bool {
    switch self {
    case .norm, .mean, .deviation: true
    case .change, .dead, .silent, .nonFinite: false
    }
  }
}
