import Canvas

extension ExplorerState {
  mutating func press(_ key: Key) {
    switch key {
    case .resize, .appearance: break
    case .control("c"): run(.quitAtOnce)
    case .mousePress(let row, let column): click(row, column, enters: false)
    case .mouseDoubleClick(let row, let column): click(row, column, enters: true)
    case .scrollUp(let row, let column): scroll(row, column, .up)
    case .scrollDown(let row, let column): scroll(row, column, .down)
    default: pressOnKeyboard(key)
    }
  }

  private mutating func pressOnKeyboard(_ key: Key) {
    if prompt != nil {
      type(key)
    } else if helpLine != nil {
      readHelp(key)
    } else if let command = keymap.command(for: key, in: view) {
      run(command)
    } else {
      message = "\(keyName(key)) has no meaning here; ? lists the keys"
    }
  }

  /// Moves in the help; any other key ends it.
  private mutating func readHelp(_ key: Key) {
    helpLine = helpLine.flatMap {
      helpTable.first(after: keymap.command(for: key, in: view), from: $0)
    }
  }

  /// Selects what is under the pointer; a double click also goes in.
  private mutating func click(_ row: Int, _ column: Int, enters: Bool) {
    let survey = surveyed(self, findsRegions: true)
    guard let region = survey.region(row: row, column: column) else {
      helpLine = nil
      return
    }
    if let part = region.part { setFocus(part) }
    choose(region.target)
    if enters, region.target.canEnter { run(.goIn) }
  }

  private mutating func scroll(_ row: Int, _ column: Int, _ move: Move) {
    if let line = helpLine {
      helpLine = helpTable.first(near: line + (move == .up ? -3 : 3))
      return
    }
    guard prompt == nil else { return }
    let region = surveyed(self, findsRegions: true).region(row: row, column: column)
    if let part = region?.part { setFocus(part) }
    for _ in 0..<3 { self.move(move) }
  }
}

extension Target {
  /// Whether a double click leads inwards from it.
  fileprivate var canEnter: Bool {
    switch self {
    case .suggestion, .command, .part: false
    default: true
    }
  }
}
