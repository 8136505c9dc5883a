import Atlases
import Canvas
import Findings

/// Takes in what happened on the run screen; what has to be done outside comes back as data.
@discardableResult
package func updateRun(_ state: inout RunState, _ action: RunAction) -> [RunEffect] {
  let before = state.opening
  switch action {
  case .key(let key):
    if state.message == nil { state.notices.next() }
    state.message = nil
    if key == .control("c") {
      state.perform(.quitAtOnce)
    } else if let line = state.helpLine {
      let command = state.keymap.command(for: key).flatMap { Command(rawValue: $0.rawValue) }
      state.helpLine = state.helpTable.first(after: command, from: line)
    } else if let command = state.keymap.command(for: key) {
      state.perform(command)
    }
  case .returned(let fileName, let target): state.comeBack(to: fileName, target)
  case .unavailable(let fileName, let reason):
    if state.opening?.fileName == fileName {
      state.opening = nil
      state.message = "\(fileName) cannot be opened: \(reason)"
    }
  case .resized(let size): state.context.size = size
  case .context(let context): state.context = context
  case .updated(let run): state.refresh(run)
  case .phase(let phase): state.phase = phase
  case .watching(let status): state.watching = status
  case .clock(let now): state.now = now
  case .message(let text): state.message = text
  case .notice(let text): state.notices.take(text, width: state.context.size.width)
  case .appearanceFound(let appearance): state.context.theme.appearance = appearance
  }
  guard let opening = state.opening, opening != before else { return [] }
  return [.open(opening)]
}

extension RunState {
  /// Rows of the table at the present level.
  var rowCount: Int {
    switch level {
    case .layers: run.layers.count
    case .neurons: run.layers.indices.contains(layer) ? run.layers[layer].neuronCount : 0
    case .neuron: RunMeasure.allCases.count
    }
  }

  /// The selected row.
  var row: Int {
    get {
      switch level {
      case .layers: layer
      case .neurons: neuron
      case .neuron: RunMeasure.allCases.firstIndex(of: measure) ?? 0
      }
    }
    set {
      let place = max(0, min(newValue, rowCount - 1))
      switch level {
      case .layers: layer = place
      case .neurons: neuron = place
      case .neuron: measure = RunMeasure.allCases[place]
      }
    }
  }

  fileprivate mutating func perform(_ command: RunCommand) {
    let page = max(1, context.size.height - 8)
    switch command {
    case .moveUp: row -= 1
    case .moveDown: row += 1
    case .moveLeft: checkpoint = max(0, checkpoint - 1)
    case .moveRight: checkpoint = max(0, min(checkpoint + 1, run.checkpoints.count - 1))
    case .moveFirst: row = 0
    case .moveLast: row = rowCount - 1
    case .pageUp: row -= page
    case .pageDown: row += page
    case .goIn: goIn()
    case .goOut: goOut()
    case .nextMeasure: step(1)
    case .previousMeasure: step(-1)
    case .switchScale: usesRowScale.toggle()
    case .open: open()
    case .nextFinding: goToFinding()
    case .readNotices:
      notices.restart(width: context.size.width)
      if notices.waiting.isEmpty { message = "there was nothing to tell" }
    case .help: helpLine = 0
    case .back: if level == .layers { hasQuit = true } else { goOut() }
    case .quitAtOnce: hasQuit = true
    }
  }

  private mutating func goIn() {
    guard rowCount > 0 else { return }
    switch level {
    case .layers:
      level = .neurons
      neuron = min(neuron, rowCount - 1)
    case .neurons: level = .neuron
    case .neuron: open()
    }
  }

  /// Moves the cursor to where the next finding shows.
  private mutating func goToFinding() {
    guard !findings.isEmpty else {
      message = "nothing was found"
      return
    }
    let next = (shownFinding.map { $0 + 1 } ?? 0) % findings.count
    let finding = findings[next]
    shownFinding = next
    level = .layers
    (layer, checkpoint) = (finding.layer, finding.checkpoint)
    measure =
      switch finding.rule {
      case .trainingDiverged: .nonFinite
      case .trainingDied: .dead
      case .layerFrozen: .change
      }
    usesRowScale = measure.isBestByRow
    message = finding.sentence
  }

  /// Asks for the explorer at the selected checkpoint.
  private mutating func open() {
    guard run.checkpoints.indices.contains(checkpoint), run.layers.indices.contains(layer) else {
      message = "there is nothing to open"
      return
    }
    let facts = run.checkpoints[checkpoint]
    if let problem = facts.problem {
      message = "\(facts.fileName) cannot be opened: \(problem)"
      return
    }
    opening = RunOpening(
      fileName: facts.fileName,
      target: RunTarget(
        layer: run.layers[layer].name, neuron: level == .layers ? nil : neuron))
  }

  fileprivate mutating func comeBack(to fileName: String, _ target: RunTarget) {
    opening = nil
    if let place = run.checkpoints.firstIndex(where: { $0.fileName == fileName }) {
      checkpoint = place
    }
    guard let place = run.layers.firstIndex(where: { $0.name == target.layer }) else { return }
    layer = place
    if let neuron = target.neuron, neuron < run.layers[place].neuronCount { self.neuron = neuron }
  }

  private mutating func goOut() {
    opening = nil
    switch level {
    case .layers: break
    case .neurons: level = .layers
    case .neuron: level = .neurons
    }
  }

  private mutating func step(_ count: Int) {
    let all = RunMeasure.allCases
    let place = (all.firstIndex(of: measure) ?? 0) + count
    measure = all[(place + all.count) % all.count]
    usesRowScale = measure.isBestByRow
  }

  fileprivate mutating func refresh(_ run: TrainingRun) {
    let isAtEnd = checkpoint == self.run.checkpoints.count - 1
    self.run = run
    layer = max(0, min(layer, run.layers.count - 1))
    let last = max(0, run.checkpoints.count - 1)
    checkpoint = isAtEnd ? last : min(checkpoint, last)
    if level != .layers, run.layers.isEmpty { level = .layers }
    if run.layers.indices.contains(layer) {
      neuron = max(0, min(neuron, run.layers[layer].neuronCount - 1))
    }
  }
}
