import Atlases
import Canvas
import Findings
import Networks
import Tensors

/// What went wrong, where something did.
///
/// - Returns: Lines used.
func drawWorstFinding(_ state: RunState, at row: Int, on surface: inout Surface) -> Int {
  guard let worst = state.findings.first, worst.severity > .info else { return 0 }
  let role: StyleRole = worst.severity == .error ? .bad : .warning
  let more = state.findings.count > 1 ? " (f: \(state.findings.count - 1) more)" : ""
  surface.line(
    [("▸ ", role), (worst.sentence + more, role)], row, 0, width: surface.bounds.width)
  return 1
}

/// How images are fed at every checkpoint, where there is room.
///
/// - Returns: Lines used.
func drawFeeding(
  _ state: RunState, at row: Int, _ columns: RunColumnPlaces, on surface: inout Surface
) -> Int {
  guard let choice = state.run.sample?.preprocessing, surface.bounds.height >= 16 else { return 0 }
  let label = columns.labelWidth
  let name = cellWidth(of: "preprocessing") < label ? "preprocessing" : "fed as"
  surface.text(name, row, 0, .label, width: label - 1, truncation: .end)
  let role: StyleRole = choice.evidence == .assumed ? .warning : .dim
  let source = choice.source(saying: choice.evidence.rawValue.uppercased())
  surface.line(
    [("\(choice.chosen.name) ", .value), (source, role)], row, label,
    width: surface.bounds.width - label)
  return 1
}

/// The line above the footer: news first, else what the cursor is on.
func drawRunStatus(_ state: RunState, on surface: inout Surface) {
  let area = surface.bounds
  let row = area.height - 2
  if let message = state.message {
    // A finding's sentence is longer than a line; its end says how much was lost.
    let lines = Array(wrapped(message, to: area.width - 2).prefix(max(1, area.height / 5)))
    let first = row + 1 - lines.count
    surface.fill(CellRect(row: first, column: 0, height: lines.count, width: area.width))
    for (offset, line) in lines.enumerated() {
      surface.line(
        [(offset == 0 ? "▸ " : "", .key), (line, .value)], first + offset, 0, width: area.width)
    }
    return
  }
  if let notice = state.notices.line {
    surface.line(notice, row, 0, width: area.width)
    return
  }
  surface.line(readout(state), row, 0, width: area.width)
}

private func readout(_ state: RunState) -> [(String, StyleRole)] {
  let run = state.run
  guard run.checkpoints.indices.contains(state.checkpoint) else { return [] }
  let checkpoint = run.checkpoints[state.checkpoint]
  if let problem = checkpoint.problem { return [("\(checkpoint.fileName): \(problem)", .bad)] }
  var pieces: [(String, StyleRole)] = [(checkpoint.fileName, .title)]
  guard run.layers.indices.contains(state.layer) else { return pieces }
  let layer = run.layers[state.layer]
  pieces.append((" · \(layer.name)", .label))
  if state.level != .layers { pieces.append((":\(state.neuron)", .label)) }
  if state.level != .layers, let since = state.deadSince {
    pieces.append((" · dead since checkpoint \(since)", .dead))
  }
  let place = run.place(layer: state.layer, checkpoint: state.checkpoint)
  if let active = run.activations[place] {
    pieces.append(
      (" · \(active.deadCount) of \(layer.neuronCount) dead", active.deadCount > 0 ? .dead : .label)
    )
    pieces.append((" over \(NumberText.counted(active.imageCount, "image"))", .dim))
  }
  if let weights = run.weights[place] {
    pieces.append((" · ‖W‖ \(NumberText.compact(weights.norm))", .label))
    if let change = weights.change {
      pieces.append((" · ‖ΔW‖/‖W‖ \(NumberText.compact(change))", .label))
    }
    if weights.nonFiniteCount > 0 {
      pieces.append((" · \(NumberText.grouped(weights.nonFiniteCount)) NaN or Inf", .bad))
    }
  }
  return pieces
}

/// The last line: the keys that matter.
func drawRunFooter(_ state: RunState, on surface: inout Surface) {
  let area = surface.bounds
  var column = 0
  for binding in state.keymap.bindings {
    guard let short = binding.short, let key = binding.keys.first.map(keyName) else { continue }
    guard column + key.count + short.count + 1 <= area.width else { continue }
    column +=
      surface.line(
        [(key, .key), (" \(short)", .keyLabel)], area.height - 1, column,
        width: area.width - column) + 2
  }
}

extension RunState {
  /// Every key.
  var helpTable: HelpTable {
    let rows = keymap.bindings.map {
      HelpTable.Row(
        keys: $0.keys.map(keyName).joined(separator: " "), command: $0.command.rawValue,
        help: $0.help)
    }
    return HelpTable(rows + HelpTable.takenByTerminal, on: context.bounds)
  }

  /// The checkpoint from which on the selected neuron is dead, up to the last one that was run; nil
  /// while it lives.
  var deadSince: String? {
    let flags = run.checkpoints.indices.map {
      run.value(.dead, layer: layer, neuron: neuron, checkpoint: $0).map { $0 > 0 }
    }
    guard let last = flags.lastIndex(where: { $0 != nil }), flags[last] == true else { return nil }
    let living = flags[...last].lastIndex(where: { $0 != true })
    return run.checkpoints[living.map { $0 + 1 } ?? 0].label
  }
}
