import Canvas

extension ExplorerState {
  /// Every key that means something on this screen.
  var helpTable: HelpTable {
    let rows = keymap.bindings.filter(offers).map {
      HelpTable.Row(keys: $0.keyNames, command: $0.command.rawValue, help: $0.help)
    }
    return HelpTable(rows + HelpTable.takenByTerminal, on: context.bounds)
  }
}

/// Help over the screen.
func drawHelp(from line: Int, _ state: ExplorerState, on surface: inout Surface) {
  state.helpTable.draw(
    from: line, title: "keys on the \(state.view.rawValue) screen", note: ":NAME runs a command",
    on: &surface)
  surface.mark(surface.bounds, .part(state.place.focus))
}
