import Atlases
import Canvas
import Findings

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
  package internal(set) var run: TrainingRun {
    didSet { findings = RunDiagnosis().findings(in: run) }
  }
  /// What went wrong in the run, most important first.
  package private(set) var findings: [RunFinding]
  package internal(set) var context: RenderContext
  package let keymap: RunKeymap
  /// The loop ends once it is true.
  package internal(set) var hasQuit = false
  /// What is being done in the background; nil when nothing is.
  package internal(set) var phase: String?
  /// How new checkpoints are heard of; nil when they are not.
  package internal(set) var watching: RunWatching?
  /// Seconds since 1970, as last told.
  package internal(set) var now: Double?
  package internal(set) var level = RunLevel.layers
  package internal(set) var measure: RunMeasure
  /// Indices into the run.
  package internal(set) var layer = 0
  package internal(set) var neuron = 0
  package internal(set) var checkpoint: Int
  /// Colours by the row's own range instead of that of all rows.
  var usesRowScale = false
  /// First line of the help that is shown, if it is.
  var helpLine: Int?
  /// What is being opened; nil when nothing is, or it is no longer wanted.
  package internal(set) var opening: RunOpening?
  var message: String?
  /// What was told at the start; a message hides it, a key leads on.
  var notices = Notices()
  /// The finding that was last gone to.
  var shownFinding: Int?

  package init(
    run: TrainingRun, context: RenderContext, measure: RunMeasure? = nil,
    keymap: RunKeymap = .standard
  ) {
    self.keymap = keymap
    self.run = run
    findings = RunDiagnosis().findings(in: run)
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

/// A checkpoint somebody wants to look into.
package struct RunOpening: Hashable, Sendable {
  package var fileName: String
  package var target: RunTarget
}

/// Work for the loop, as data.
package enum RunEffect: Hashable, Sendable {
  /// Make the atlas of a checkpoint; when it is there and still wanted, open the explorer on it.
  case open(RunOpening)
}

/// What happened on the run screen.
package enum RunAction: Sendable {
  case key(Key)
  case resized(ScreenSize)
  /// The screen it is shown on.
  case context(RenderContext)
  /// The run as it is now known; selections stay.
  case updated(TrainingRun)
  /// A step began; nil when all is done.
  case phase(String?)
  case watching(RunWatching)
  /// The explorer was left; the cursor follows to what was looked at.
  case returned(fileName: String, RunTarget)
  /// What was to be opened cannot be.
  case unavailable(fileName: String, reason: String)
  /// The time, in seconds since 1970.
  case clock(Double)
  /// Something to tell, one sentence.
  case message(String)
  /// Something to tell at the start, one sentence; none hides another.
  case notice(String)
  case appearanceFound(Appearance)
}

extension RunMeasure {
  /// Whether layers differ so much in it that each is best coloured by its own range.
  var isBestByRow: Bool {
    switch self {
    case .norm, .mean, .deviation, .gradient: true
    case .change, .dead, .silent, .selectivity, .nonFinite: false
    }
  }
}
