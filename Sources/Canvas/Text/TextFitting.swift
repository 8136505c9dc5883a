/// Where a text that is too long loses its characters.
package enum TextTruncation: Hashable, Sendable {
  /// Cut off without a mark.
  case clip
  /// `a long na…`
  case end
  /// `…ong name`
  case start
  /// `a lo…ame`
  case middle
  /// As ``middle``, but the last part of a path stays whole when it fits: `/mnt/da…/model.onnx`.
  case path
}

/// Which side of its field a text keeps to.
package enum TextAlignment: Hashable, Sendable {
  case leading, center, trailing
}

/// `text`, made safe and at most `width` columns wide; `…` marks a cut.
package func truncated(
  _ text: some StringProtocol, to width: Int, _ truncation: TextTruncation = .end
) -> String {
  var result = ""
  result.unicodeScalars.append(contentsOf: fittedGlyphs(text, width: width, truncation))
  return result
}

/// The safe glyphs of `text` that fit into `width` columns.
func fittedGlyphs(
  _ text: some StringProtocol, width: Int, _ truncation: TextTruncation
) -> [Unicode.Scalar] {
  guard width > 0 else { return [] }
  switch truncation {
  case .clip: return prefix(safeGlyphs(text, stoppingAbove: width), width)
  case .end:
    let glyphs = safeGlyphs(text, stoppingAbove: width)
    return columns(glyphs) <= width ? glyphs : prefix(glyphs, width - 1) + ["…"]
  case .start, .middle, .path:
    let glyphs = safeGlyphs(shortened(text))
    guard columns(glyphs) > width else { return glyphs }
    let tail = suffix(glyphs, tailWidth(glyphs, width, truncation))
    return prefix(glyphs, width - 1 - columns(tail)) + ["…"] + tail
  }
}

/// Columns kept after the mark, of `width` with it.
private func tailWidth(
  _ glyphs: [Unicode.Scalar], _ width: Int, _ truncation: TextTruncation
) -> Int {
  switch truncation {
  case .clip, .end: return 0
  case .start: return width - 1
  case .middle: return (width - 1) / 2
  case .path:
    let last = glyphs.lastIndex(of: "/").map { columns(Array(glyphs[$0...])) } ?? 0
    return max((width - 1) / 2, last < width ? last : 0)
  }
}

/// A text so long that its middle is never shown, without that middle.
private func shortened(_ text: some StringProtocol) -> String {
  let kept = 2048
  guard text.utf8.count > 64 * kept else { return String(text) }
  return String(text.prefix(kept)) + String(text.suffix(kept))
}

private func columns(_ glyphs: [Unicode.Scalar]) -> Int {
  glyphs.reduce(0) { $0 + $1.cellWidth }
}

private func prefix(_ glyphs: [Unicode.Scalar], _ width: Int) -> [Unicode.Scalar] {
  var used = 0
  return Array(
    glyphs.prefix { glyph in
      used += glyph.cellWidth
      return used <= width
    })
}

private func suffix(_ glyphs: [Unicode.Scalar], _ width: Int) -> [Unicode.Scalar] {
  prefix(glyphs.reversed(), width).reversed()
}
