import Atlases
import Canvas

/// Takes in what happened on the run screen.
package func updateRun(_ state: inout RunState, _ action: RunAction) {
  switch action {
  case .key(let key):
    state.message = nil
    if state.showsHelp {
      state.showsHelp = false
    } else if let command = RunKeymap.command(for: key) {
      state.perform(command)
    }
  case .resized(let size): state.context.size = size
  case .updated(let run): state.refresh(run)
  case .phase(let phase): state.phase = phase
  case .message(let text): state.message = text
  case .appearanceFound(let appearance): state.context.theme.appearance = appearance
  }
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
    case .help: showsHelp = true
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
    case .neuron: break
    }
  }

  private mutating func goOut() {
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
