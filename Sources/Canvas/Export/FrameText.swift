/// A frame for people to read and tests to compare: glyphs, styles as letters, and a legend.
package struct FrameText: Hashable, Sendable, Codable, CustomStringConvertible {
  package var title: String
  /// One line a row; trailing blanks are kept.
  package var glyphs: [String]
  /// One line a row, one letter a cell; `.` is plain.
  package var styles: [String]
  /// What the letters mean, in order of first use.
  package var legend: [LegendEntry]

  /// One letter of the style plane.
  package struct LegendEntry: Hashable, Sendable, Codable {
    package var letter: String
    /// A role of the theme, or colours and attributes.
    package var meaning: String
  }

  package var description: String {
    var text = "\(title)\n"
    for (glyphRow, styleRow) in zip(glyphs, styles) { text += "\(glyphRow)   \(styleRow)\n" }
    for entry in legend { text += "\(entry.letter) \(entry.meaning)\n" }
    return text
  }
}

extension CellGrid {
  /// The frame as text planes.
  ///
  /// - Parameter theme: Styles equal to one of its roles are named after the first such role.
  package func frameText(title: String = "", theme: Theme? = nil) -> FrameText {
    let frame = settled(glyphs: theme?.tier.glyphs ?? .unicode)
    let names = theme.map(roleNames) ?? [:]
    var letters: [Style: Character] = [.plain: "."]
    var result = FrameText(title: title, glyphs: [], styles: [], legend: [])
    for row in 0..<height {
      var line = ""
      for column in 0..<width {
        let style = frame[row, column].style
        if let known = letters[style] {
          line.append(known)
          continue
        }
        let letter = styleLetter(letters.count - 1)
        letters[style] = letter
        line.append(letter)
        result.legend.append(
          FrameText.LegendEntry(letter: String(letter), meaning: names[style] ?? style.summary))
      }
      result.glyphs.append(frame.glyphLine(row, trimmed: false))
      result.styles.append(line)
    }
    return result
  }
}

private func roleNames(_ theme: Theme) -> [Style: String] {
  Dictionary(StyleRole.allCases.map { (theme[$0], $0.rawValue) }) { first, _ in first }
}

/// a…z, A…Z, then letters beyond ASCII: pictures have many colours.
private func styleLetter(_ index: Int) -> Character {
  let code: Int
  switch index {
  case ..<26: code = 0x61 + index
  case ..<52: code = 0x41 + index - 26
  default: code = 0x4E00 + (index - 52) % 20_000
  }
  return Unicode.Scalar(UInt32(code)).map { Character($0) } ?? "?"
}

extension Style {
  /// Such as `fg #ff8000 bg #000000 bold`.
  package var summary: String {
    var parts: [String] = []
    if let foreground { parts.append("fg \(foreground.hex)") }
    if let background { parts.append("bg \(background.hex)") }
    for (attribute, name) in Style.attributeNames where attributes.contains(attribute) {
      parts.append(name)
    }
    return parts.isEmpty ? "plain" : parts.joined(separator: " ")
  }

  private static let attributeNames: [(CellAttributes, String)] = [
    (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
  ]
}

extension Color {
  /// Such as `#ff8000`.
  package var hex: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }.joined()
  }
}
