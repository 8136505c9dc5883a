import Canvas

/// Foreground and background as ncurses numbers colours; -1 is the terminal's own.
struct ColorPair: Hashable {
  var foreground: Int32
  var background: Int32

  static let plain = ColorPair(foreground: -1, background: -1)
}

/// Numbers for the pairs of colours in use; ncurses shows colours only by such numbers.
struct PairTable {
  /// Pairs there can be, with the plain one, which is 0.
  let capacity: Int
  private var numbers: [ColorPair: Int32] = [.plain: 0]

  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// The number of a pair, and whether it has just been given out; nil when all are.
  mutating func number(of pair: ColorPair) -> (number: Int32, isNew: Bool)? {
    if let known = numbers[pair] { return (known, false) }
    guard numbers.count < capacity else { return nil }
    let number = Int32(numbers.count)
    numbers[pair] = number
    return (number, true)
  }

  mutating func removeAll() {
    numbers = [.plain: 0]
  }
}

/// Brings colours to the numbers of the terminal that is open.
struct ColorNumbers {
  let tier: ColorTier
  /// Colours the terminal has; 0 for none.
  let count: Int

  /// The pair for a style, and the attributes that stand in for colours the terminal lacks.
  func pair(_ style: Style) -> (pair: ColorPair, attributes: CellAttributes) {
    guard count >= 8 else { return (.plain, style.attributes) }
    var attributes = style.attributes
    let foreground = style.foreground?.matched(to: tier)
    if count < 16, case .palette(let entry)? = foreground, entry >= 8 {
      attributes.insert(entry == 8 ? .dim : .bold)
    }
    let pair = ColorPair(
      foreground: number(foreground, isText: true),
      background: number(style.background?.matched(to: tier), isText: false))
    return (pair, attributes)
  }

  private func number(_ color: TerminalColor?, isText: Bool) -> Int32 {
    switch color {
    case nil: return -1
    case .palette(let entry):
      guard count < 16, entry >= 8 else { return Int32(entry) }
      // Grey text is dimmed white: bold black is black on many terminals.
      return entry == 8 && isText ? 7 : Int32(entry) - 8
    case .direct(let color):
      let value = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
      // The first eight numbers are palette entries.
      return max(8, value)
    }
  }
}
