import Canvas

/// The question what colour the background has (xterm's OSC 11), and the answer.
enum BackgroundAnswer {
  static let question = Array("\u{1B}]11;?\u{7}".utf8)

  /// From `11;rgb:RRRR/GGGG/BBBB`, with one to four hexadecimal digits a part; nil for anything
  /// else.
  static func appearance(_ command: [Unicode.Scalar]) -> Appearance? {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: command)
    let answer = String(text)
    guard let colon = answer.firstIndex(of: ":"),
      ["11;rgb", "11;rgba"].contains(answer[..<colon])
    else { return nil }
    let parts = answer[answer.index(after: colon)...].split(
      separator: "/", omittingEmptySubsequences: false)
    let levels = parts.prefix(3).compactMap(level)
    guard levels.count == 3 else { return nil }
    // Perceived brightness, as `Color.luma`.
    return 0.299 * levels[0] + 0.587 * levels[1] + 0.114 * levels[2] > 0.5 ? .light : .dark
  }

  /// 0…1.
  private static func level(_ digits: Substring) -> Double? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ $0.isHexDigit && $0.isASCII }),
      let value = Int(digits, radix: 16)
    else { return nil }
    return Double(value) / Double((1 << (4 * digits.count)) - 1)
  }
}
