import Canvas

/// The line being typed, at the foot, with what it offers above.
func drawPrompt(_ prompt: Prompt, _ state: ExplorerState, on surface: inout Surface) {
  let screen = surface.bounds
  let row = screen.height - 1
  surface.fill(CellRect(row: row, column: 0, height: 1, width: screen.width))
  let sign =
    switch prompt.purpose {
    case .search: "/"
    case .palette: ":"
    case .setMark: "M"
    case .marks: "'"
    }
  let used = surface.line(
    [(sign, .key), (prompt.text, .value)], row, 0, width: screen.width - 1)
  surface.put(Cell(" ", surface.theme[.cursor]), row, used)
  let offers = offers(prompt, state)
  let hint =
    offers.isEmpty
    ? emptyHint(prompt.purpose)
    : prompt.purpose == .marks
      ? "  a letter, or Down and Enter · Esc leaves"
      : "  \(prompt.choice + 1) of \(offers.count) · Enter takes it · Esc leaves"
  surface.text(hint, row, used + 1, .dim, width: screen.width - used - 1)
  drawOffers(offers, choice: prompt.choice, on: &surface)
}

private func emptyHint(_ purpose: Prompt.Purpose) -> String {
  switch purpose {
  case .search: "  a layer, layer:42, layer:B or a class"
  case .palette: "  no command is called so"
  case .setMark: "  a letter, a to z · Esc leaves"
  case .marks: ""
  }
}

private struct Offer {
  var name: String
  var note: String
}

private func offers(_ prompt: Prompt, _ state: ExplorerState) -> [Offer] {
  switch prompt.purpose {
  case .search: state.hits.map { Offer(name: $0.address, note: $0.kind) }
  case .setMark: []
  case .marks:
    markOffers(state).map {
      Offer(name: $0.letter.isEmpty ? "·" : $0.letter, note: $0.title)
    }
  case .palette:
    state.paletteMatches(prompt.text).map {
      Offer(
        name: $0.usage,
        note: $0.keyNames.isEmpty ? $0.help : "\($0.help)  (\($0.keyNames))")
    }
  }
}

private func drawOffers(_ offers: [Offer], choice: Int, on surface: inout Surface) {
  guard !offers.isEmpty else { return }
  let screen = surface.bounds
  let height = min(offers.count, max(1, min(10, screen.height - 5)))
  let width = min(screen.width, 76)
  let area = CellRect(row: screen.height - 3 - height, column: 0, height: height + 2, width: width)
  surface.fill(area)
  let inner = surface.box(area, title: "", isFocused: true)
  let start = max(0, min(choice - height / 2, offers.count - height))
  let nameWidth = min(
    inner.width / 2, (offers.map { cellWidth(of: $0.name.prefix(60)) }.max() ?? 0) + 2)
  for (offset, offer) in offers.dropFirst(start).prefix(height).enumerated() {
    let row = inner.row + offset
    surface.text(offer.name, row, inner.column + 1, .value, width: nameWidth, truncation: .middle)
    surface.text(
      offer.note, row, inner.column + nameWidth + 2, .dim,
      width: max(0, inner.width - nameWidth - 3))
    let line = CellRect(row: row, column: inner.column, height: 1, width: inner.width)
    if start + offset == choice { surface.restyle(line, .selection) }
    surface.mark(line, .suggestion(start + offset))
  }
}
