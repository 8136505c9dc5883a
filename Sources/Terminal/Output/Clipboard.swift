/// What became of text for the clipboard.
package enum ClipboardOutcome: Hashable, Sendable {
  /// The terminal has it; it does not say whether it allows programs to set its clipboard.
  case sent
  /// tmux has it, and passes it on where its `set-clipboard` is on.
  case sentThroughTmux
  case tooLong
  /// The terminal is known to have no clipboard for programs.
  case unsupported
}

/// The way to a clipboard.
enum ClipboardAccess: Hashable {
  case direct, throughTmux, absent
}

extension TerminalEnvironment {
  /// GNU screen swallows the sequence, and consoles and the terminals of old have no clipboard.
  var clipboard: ClipboardAccess {
    if isInsideTmux { return .throughTmux }
    let term = term ?? ""
    let isOld = ["linux", "vt", "cons", "sun", "wsvt"].contains { term.hasPrefix($0) }
    return isInsideScreen || isOld ? .absent : .direct
  }
}

/// The escape sequence that copies text to the clipboard of whoever sits at the terminal (OSC 52),
/// also over SSH; tmux passes it on when `set-clipboard` is on.
enum Clipboard {
  /// Terminals drop longer ones.
  static let byteLimit = 74_000

  /// Nil when the text is too long.
  static func sequence(copying text: String) -> [UInt8]? {
    let encoded = base64(Array(text.utf8))
    guard encoded.count <= byteLimit else { return nil }
    return Array("\u{1B}]52;c;".utf8) + encoded + Array("\u{7}".utf8)
  }

  /// RFC 4648.
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for place in 0..<3 {
        bits = bits << 8 | UInt32(place < group.count ? group[start + place] : 0)
      }
      for place in 0..<4 {
        let index = Int(bits >> UInt32(18 - 6 * place) & 63)
        result.append(place <= group.count ? alphabet[index] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
