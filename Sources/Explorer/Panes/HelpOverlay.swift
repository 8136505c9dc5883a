import Canvas

/// Every key that means something on this screen, over it.
func drawHelp(from line: Int, _ state: ExplorerState, on surface: inout Surface) {
  let screen = surface.bounds
  let width = min(76, screen.width - 2)
  let rows = state.keymap.bindings.filter(state.offers)
  let height = min(rows.count + 2, screen.height - 2)
  let area = CellRect(
    row: max(0, (screen.height - height) / 2), column: max(0, (screen.width - width) / 2),
    height: height, width: width)
  surface.fill(area)
  let visible = height - 2
  let start = min(line, max(0, rows.count - visible))
  let rest = rows.count - start - visible
  let inner = surface.box(
    area, title: "keys on the \(state.view.rawValue) screen", badge: "Esc closes",
    footnote: rest > 0 ? "\(rest) more, j and k move" : ":NAME runs a command", isFocused: true)
  surface.mark(screen, .part(state.place.focus))
  for (offset, binding) in rows.dropFirst(start).prefix(visible).enumerated() {
    let row = inner.row + offset
    surface.text(binding.keyNames, row, inner.column + 1, .key, width: 13)
    surface.text(binding.command.rawValue, row, inner.column + 15, .value, width: 15)
    surface.text(binding.help, row, inner.column + 31, .label, width: max(0, inner.width - 32))
  }
}
