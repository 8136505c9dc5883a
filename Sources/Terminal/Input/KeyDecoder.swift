import Canvas

/// What arrives from ncurses: keys it knows, and characters of all else.
enum TerminalInput: Hashable {
  case key(Key)
  case character(Unicode.Scalar)
}

/// Makes keys of characters: control characters, the mouse, and escape sequences that the
/// terminal's description lacks. Sequences with no meaning here vanish instead of being typed.
struct KeyDecoder {
  private enum State: Hashable {
    case ground
    case escape
    /// After `ESC O`.
    case shiftThree
    /// After `ESC [`; parameters and intermediates so far.
    case control([Unicode.Scalar])
    /// After `ESC [ M`, the bytes so far.
    case oldMouse([Unicode.Scalar])
    /// After `ESC ]`, with what came so far; its end may be `ESC \`, of which one half came.
    case command([Unicode.Scalar], isEnding: Bool)
  }

  private var state = State.ground
  /// How long the beginning of a sequence waits for the rest before it is keys of its own.
  private let escapeWait: Duration
  private var lastInput = Duration.zero
  private var clicks = ClickCounter()
  /// When a command of the terminal began; one without end is given up.
  private var commandStart = Duration.zero
  /// When an Esc was taken for the key because nothing followed it.
  private var loneEscape: Duration?
  /// The rest of a sequence that comes within this time of its Esc is known by its look.
  private static let lateness = Duration.milliseconds(100)
  /// When a paste began; pasted text is not commands.
  private var pasteStart: Duration?

  init(escapeWait: Duration = .zero) {
    self.escapeWait = escapeWait
  }

  /// Whether an Esc came last: the key of that name, or the first byte of another one.
  var mayBeEscape: Bool { state == .escape }

  /// Time until what came last is keys unless more comes, short of a millisecond, in which
  /// nothing can be waited for; nil when nothing is undecided.
  func timeToDecide(at time: Duration) -> Duration? {
    switch state {
    case .escape, .shiftThree, .control([]), .command([], isEnding: false):
      max(.zero, lastInput + escapeWait - time)
    default: nil
    }
  }

  /// - Parameters:
  ///   - inputs: All there is for now: an escape at the end is the key of that name once it has
  ///     waited.
  ///   - time: Since any fixed moment.
  mutating func decode(_ inputs: [TerminalInput], at time: Duration) -> [Key] {
    var keys: [Key] = []
    if !inputs.isEmpty { lastInput = time }
    for (index, input) in inputs.enumerated() {
      if let start = pasteStart, time - start >= .seconds(1) { pasteStart = nil }
      if case .command = state, time - commandStart >= .seconds(1) { state = .ground }
      let isPasted = pasteStart != nil
      switch input {
      case .key(let key):
        state = .ground
        if !isPasted { keys.append(key) }
      case .character(let character):
        let isLate = isLateRest(character, hasMore: index + 1 < inputs.count, at: time)
        if isLate { state = .escape }
        let found = take(character, at: time)
        if !isPasted { keys += found }
      }
    }
    let isDecided = timeToDecide(at: time).map { $0 < .milliseconds(1) } ?? false
    let last = isDecided ? endOfInput() : []
    return pasteStart == nil ? keys + last : keys
  }

  /// Whether a character goes on with the sequence of an Esc that was waited for in vain. Nobody
  /// types `[` or `O` and more within one read so soon after Esc.
  private mutating func isLateRest(
    _ character: Unicode.Scalar, hasMore: Bool, at time: Duration
  ) -> Bool {
    guard let escape = loneEscape, state == .ground else { return false }
    loneEscape = nil
    return hasMore && (character == "[" || character == "O") && time - escape < Self.lateness
  }

  private mutating func take(_ character: Unicode.Scalar, at time: Duration) -> [Key] {
    switch state {
    case .ground: return start(character)
    case .escape:
      switch character {
      case "[": state = .control([])
      case "O": state = .shiftThree
      case "]":
        state = .command([], isEnding: false)
        commandStart = time
      default:
        state = .ground
        return [.escape] + start(character)
      }
      return []
    case .shiftThree:
      state = .ground
      return ControlSequences.shiftThree[character].map { [$0] } ?? []
    case .control(let so): return takeControl(character, after: so, at: time)
    case .command(let so, let isEnding): return takeCommand(character, after: so, isEnding)
    case .oldMouse(let so):
      state = so.count == 2 ? .ground : .oldMouse(so + [character])
      guard so.count == 2 else { return [] }
      let values = (so + [character]).map { Int($0.value) - 32 }
      return mouse(values[0], column: values[1], row: values[2], at: time)
    }
  }

  private mutating func start(_ character: Unicode.Scalar) -> [Key] {
    guard character == "\u{1B}" else { return ControlSequences.plain(character).map { [$0] } ?? [] }
    state = .escape
    return []
  }

  private mutating func takeControl(
    _ character: Unicode.Scalar, after so: [Unicode.Scalar], at time: Duration
  ) -> [Key] {
    guard (0x40...0x7E).contains(character.value) else {
      state = so.count < 32 ? .control(so + [character]) : .ground
      return []
    }
    state = .ground
    if character == "M", so.isEmpty {
      state = .oldMouse([])
      return []
    }
    let isMouse = so.first == "<" && (character == "M" || character == "m")
    let values = numbers(isMouse ? so.dropFirst() : so[...])
    if isMouse {
      guard character == "M", values.count == 3 else { return [] }
      return mouse(values[0], column: values[1], row: values[2], at: time)
    }
    if character == "~", values.first == 200 { pasteStart = time }
    if character == "~", values.first == 201 { pasteStart = nil }
    return ControlSequences.key(final: character, values).map { [$0] } ?? []
  }

  /// Ends with BEL or `ESC \`.
  private mutating func takeCommand(
    _ character: Unicode.Scalar, after so: [Unicode.Scalar], _ isEnding: Bool
  ) -> [Key] {
    guard character == "\u{7}" || isEnding else {
      let isEnding = character == "\u{1B}"
      state = .command(isEnding || so.count > 256 ? so : so + [character], isEnding: isEnding)
      return []
    }
    state = .ground
    return BackgroundAnswer.appearance(so).map { [.appearance($0)] } ?? []
  }

  private func numbers(_ characters: ArraySlice<Unicode.Scalar>) -> [Int] {
    characters.split(separator: ";", omittingEmptySubsequences: false).map { digits in
      digits.reduce(0) { sum, digit in
        (0x30...0x39).contains(digit.value) ? min(100_000, sum * 10 + Int(digit.value) - 0x30) : sum
      }
    }
  }

  /// - Parameters:
  ///   - code: Button in the lowest two bits; 32 marks motion, 64 the wheel.
  ///   - column: From 1, as `row`.
  private mutating func mouse(
    _ code: Int, column: Int, row: Int, at time: Duration
  ) -> [Key] {
    guard row > 0, column > 0, code & 32 == 0 else { return [] }
    let (row, column) = (row - 1, column - 1)
    switch (code & 64 != 0, code & 3) {
    case (true, 0): return [.scrollUp(row: row, column: column)]
    case (true, 1): return [.scrollDown(row: row, column: column)]
    case (false, 0):
      return clicks.isSecond(row: row, column: column, at: time)
        ? [.mouseDoubleClick(row: row, column: column)] : [.mousePress(row: row, column: column)]
    default: return []
    }
  }

  /// Sequences that ended before they began were typed by hand.
  private mutating func endOfInput() -> [Key] {
    switch state {
    case .escape:
      state = .ground
      loneEscape = lastInput
      return [.escape]
    case .shiftThree:
      state = .ground
      return [.escape, .character("O")]
    case .control(let so) where so.isEmpty:
      state = .ground
      return [.escape, .character("[")]
    case .command(let so, isEnding: false) where so.isEmpty:
      state = .ground
      return [.escape, .character("]")]
    default: return []
    }
  }
}

/// Finds the second of two presses at one place.
private struct ClickCounter {
  private var last: (row: Int, column: Int, time: Duration)?

  mutating func isSecond(row: Int, column: Int, at time: Duration) -> Bool {
    if let last, last.row == row, last.column == column, time - last.time < .milliseconds(400) {
      self.last = nil
      return true
    }
    last = (row, column, time)
    return false
  }
}
