import Canvas
import Tensors

/// The line above the footer: news first, else what the screen says of the selection.
func drawStatus(_ state: ExplorerState, on surface: inout Surface) {
  let area = surface.bounds
  let row = area.height - 2
  if let message = state.message {
    surface.line([("▸ ", .key), (message, .value)], row, 0, width: area.width)
  } else if let notice = state.notices.line {
    surface.line(notice, row, 0, width: area.width)
  } else if let failure = state.progress?.failure {
    surface.line([("▸ ", .bad), (failure, .bad)], row, 0, width: area.width)
  } else {
    surface.line(surface.readout, row, 0, width: area.width)
  }
}

/// The last line: the keys that matter here, each of which can be clicked.
func drawFooter(_ state: ExplorerState, on surface: inout Surface) {
  let area = surface.bounds
  let row = area.height - 1
  let fixed = state.footer.filter { [.help, .back].contains($0.command) }
  let fixedWidth = fixed.reduce(0) { $0 + footerWidth($1) }
  var column = 0
  for binding in state.footer
  where !fixed.contains(where: { $0.command == binding.command }) {
    guard column + footerWidth(binding) + fixedWidth <= area.width else { continue }
    column = drawKey(binding, row, column, on: &surface)
  }
  for binding in fixed { column = drawKey(binding, row, column, on: &surface) }
}

private func drawKey(
  _ binding: KeyBinding, _ row: Int, _ column: Int, on surface: inout Surface
) -> Int {
  let key = binding.keys.first.map(keyName) ?? ""
  let used = surface.line(
    [(key, .key), (" \(binding.short ?? "")", .keyLabel)], row, column,
    width: surface.bounds.width - column)
  surface.mark(
    CellRect(row: row, column: column, height: 1, width: used), .command(binding.command))
  return column + used + 2
}

private func footerWidth(_ binding: KeyBinding) -> Int {
  (binding.keys.first.map(keyName)?.count ?? 0) + (binding.short?.count ?? 0) + 3
}

extension ExplorerState {
  /// The bindings the footer offers, in order; within a run those that step through it come first.
  var footer: [KeyBinding] {
    let offered = keymap.bindings.filter {
      offers($0) && $0.short != nil && !$0.keys.isEmpty
        && ($0.footerViews.isEmpty || $0.footerViews.contains(view))
        && !(view == .network && $0.command == .goOut)
    }
    let steps: [Command] = [.laterCheckpoint, .earlierCheckpoint]
    return offered.filter { steps.contains($0.command) }
      + offered.filter { !steps.contains($0.command) }
  }
}
