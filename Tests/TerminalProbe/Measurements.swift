import Canvas

/// Times of drawing, printed for whoever works on it: `terminal-probe --measure`, built for release.
enum Measurements {
  static func print() {
    for tier in ColorTier.allCases {
      let tier = DisplayTier(colors: tier)
      time("200×50 cells of 32×32 thumbnails, \(tier.colors.rawValue)") {
        _ = screenOfThumbnails(tier)
      }
    }
    let frame = screenOfThumbnails(DisplayTier())
    time("settling a frame of thumbnails") { _ = frame.settled(glyphs: .unicode) }
    time("painting a whole frame of thumbnails") {
      var painter = FramePainter(tier: DisplayTier())
      _ = painter.paint(frame)
    }
    var text = CellGrid(height: 50, width: 200)
    time("50 lines of 200 characters") {
      for row in 0..<50 { text.write(String(repeating: "é→x-", count: 50), row: row, column: 0) }
    }
    time("boxes on a whole screen") {
      for row in stride(from: 0, to: 50, by: 5) {
        for column in stride(from: 0, to: 200, by: 20) {
          text.drawBox(CellRect(row: row, column: column, height: 5, width: 20), title: "conv")
        }
      }
    }
  }

  /// 16×8 cells each.
  private static func screenOfThumbnails(_ tier: DisplayTier) -> CellGrid {
    var grid = CellGrid(height: 50, width: 200)
    for index in 0..<78 {
      guard let pixels = picture(seed: index) else { continue }
      let cells = renderThumbnail(pixels, height: 8, width: 16, tier: tier)
      grid.draw(cells, row: index / 12 * 8, column: index % 12 * 16, height: 8, width: 16)
    }
    return grid
  }

  private static func picture(seed: Int) -> PixelBlock? {
    let rgb = (0..<32 * 32 * 3).map { UInt8(truncatingIfNeeded: $0 * $0 / 7 + seed * 31) }
    return PixelBlock(width: 32, height: 32, rgb: rgb)
  }

  /// Best of twenty.
  private static func time(_ what: String, _ body: () -> Void) {
    let clock = ContinuousClock()
    let best = (0..<20).map { _ in clock.measure(body) }.min() ?? .zero
    Swift.print("\(what): \(best)")
  }
}
