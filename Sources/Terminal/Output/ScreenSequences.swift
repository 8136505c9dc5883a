import CNcurses
import CTerminalSignals

/// The bytes that take the screen and give it back, for signal handlers.
struct ScreenSequences {
  var enter: [UInt8]
  var leave: [UInt8]

  static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
  static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)

  /// Of the terminal that ncurses has open.
  static func current(usesMouse: Bool) -> ScreenSequences {
    let leavesScreen = capability("rmcup")
    return ScreenSequences(
      enter: capability("smcup") + capability("civis") + capability("smkx")
        + (usesMouse ? mouseOn : []),
      leave: mouseOff + capability("sgr0") + capability("op") + capability("rmkx")
        + capability("cnorm") + (leavesScreen.isEmpty ? Array("\r\n".utf8) : leavesScreen))
  }

  /// Hands the bytes to the signal handlers.
  func install() {
    let enter = enter.map { CChar(bitPattern: $0) }
    let leave = leave.map { CChar(bitPattern: $0) }
    _ = unsafe ts_set_sequences(enter, enter.count, leave, leave.count)
  }

  private static func capability(_ name: String) -> [UInt8] {
    guard let value = unsafe cn_capability(name) else { return [] }
    return withoutPadding(Array(unsafe String(cString: value).utf8))
  }

  /// Drops the delays that terminfo writes as `$<5>`; no terminal of today needs them.
  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if rest.starts(with: Array("$<".utf8)), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
