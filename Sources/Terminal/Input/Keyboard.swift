import CNcurses
import Canvas

/// Reads what ncurses has.
@safe struct Keyboard {
  private let pad: UnsafeMutablePointer<WINDOW>?

  /// For the screen that ncurses has open.
  init() {
    unsafe pad = cn_open_keyboard()
  }

  /// Everything typed so far, oldest first; at most a few thousand at once.
  func readAll() -> [TerminalInput] {
    var inputs: [TerminalInput] = []
    for _ in 0..<4096 {
      var value = wint_t()
      let kind = unsafe cn_read_key(pad, &value)
      if kind == ERR { break }
      if kind == KEY_CODE_YES {
        if let key = NcursesKeys.key(Int32(bitPattern: value)) { inputs.append(.key(key)) }
      } else if let character = Unicode.Scalar(value) {
        inputs.append(.character(character))
      }
    }
    return inputs
  }
}

/// What ncurses' key codes mean.
private enum NcursesKeys {
  static func key(_ code: Int32) -> Key? {
    if let known = keys[code] { return known }
    if code > KEY_F0, code <= KEY_F0 + 12 { return .function(Int(code - KEY_F0)) }
    guard code > KEY_MAX, let name = unsafe keyname(code) else { return nil }
    return modified[String(unsafe String(cString: name).prefix { !$0.isNumber })]
  }

  private static let keys: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_SR: .up,
    KEY_SF: .down, KEY_SLEFT: .left, KEY_SRIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_SHOME: .home, KEY_SEND: .end, KEY_FIND: .home, KEY_SELECT: .end, KEY_A1: .home,
    KEY_C1: .end, KEY_A3: .pageUp, KEY_C3: .pageDown, KEY_PPAGE: .pageUp,
    KEY_NPAGE: .pageDown, KEY_SPREVIOUS: .pageUp, KEY_SNEXT: .pageDown, KEY_ENTER: .enter,
    KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_SDC: .delete, KEY_BTAB: .backTab,
  ]

  /// Keys with modifiers by the names of their extended capabilities.
  private static let modified: [String: Key] = [
    "kUP": .up, "kDN": .down, "kLFT": .left, "kRIT": .right, "kHOM": .home, "kEND": .end,
    "kPRV": .pageUp, "kNXT": .pageDown, "kDC": .delete,
  ]
}
