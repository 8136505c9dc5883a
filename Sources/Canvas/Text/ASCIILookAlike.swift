extension Unicode.Scalar {
  /// An ASCII glyph that reads alike; `?` when there is none.
  package var asciiLookAlike: Unicode.Scalar {
    if value < 0x7F { return self }
    if let found = LookAlikes.table[self] { return found }
    if let arms = LineArms(glyph: self) { return arms.asciiGlyph }
    if let mask = QuadrantGlyphs.masks[self] {
      return [" ", ".", ":", "%", "#"][mask.nonzeroBitCount]
    }
    return baseLetter ?? "?"
  }

  /// The letter under its accents, when that is ASCII.
  private var baseLetter: Unicode.Scalar? {
    guard (0xC0...0x17F).contains(value), let name = properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count > 3, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1 else {
      return nil
    }
    return words[1] == "SMALL"
      ? words[3].lowercased().unicodeScalars.first : words[3].unicodeScalars.first
  }
}

private enum LookAlikes {
  static let table: [Unicode.Scalar: Unicode.Scalar] = {
    let unicode =
      "…·×÷−–—‐‑‘’“”•▪●○◦∙▸▶►◂◀◄▴▲▾▼→←↑↓⇒⇐≤≥≈≠±µ°²³¹∞√∑σμ✓✗█▉▊▋▌▍▎▏▐▁▂▃▅▆▇░▒▓■□◆◇★☆≡†§┄┅╌╍┆┇╎╏�\u{A0}╱╲╳"
    let ascii =
      "~.x/---" + "--''\"\"" + "**o*o*" + ">>><<<^^vv><^v><<>~!+uo231" + "8/Esuyx#####||||"
      + "_.-+*%.:%#o#o**=+S....::::? /\\x"
    return Dictionary(zip(unicode.unicodeScalars, ascii.unicodeScalars)) { first, _ in first }
  }()
}
