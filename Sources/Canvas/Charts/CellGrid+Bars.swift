extension CellGrid {
  /// Draws `value`, 0…1, as a bar that grows to the right in eighths of a cell.
  ///
  /// - Parameter track: Look of the part not filled; left alone when nil.
  package mutating func drawBar(
    _ value: Double, row: Int, column: Int, width: Int, style: Style = .plain,
    track: Style? = nil
  ) {
    let eighths = eighths(of: value, cells: width)
    for place in 0..<max(0, width) {
      let filled = min(8, max(0, eighths - place * 8))
      guard filled > 0 || track != nil else { break }
      var cellStyle = filled > 0 ? style : track ?? style
      if filled > 0, filled < 8 { cellStyle.background = track?.background ?? style.background }
      self[row, column + place] = Cell(EighthGlyphs.fromLeft[filled], cellStyle)
    }
  }

  /// Draws `value`, -1…1, from the middle of the field: negative to the left, in half cells.
  package mutating func drawSignedBar(
    _ value: Double, row: Int, column: Int, width: Int, negative: Style, positive: Style
  ) {
    let half = width / 2
    guard half > 0 else { return }
    guard value < 0 else {
      drawBar(value, row: row, column: column + width - half, width: half, style: positive)
      return
    }
    let filledHalves = (eighths(of: -value, cells: half) + 3) / 4
    for place in 0..<((filledHalves + 1) / 2) {
      let isWhole = filledHalves >= (place + 1) * 2
      self[row, column + half - 1 - place] = Cell(isWhole ? "█" : "▐", negative)
    }
  }

  /// Draws `value`, 0…1, as a column that grows upwards from the bottom of `area`.
  package mutating func drawColumn(_ value: Double, in area: CellRect, style: Style = .plain) {
    let eighths = eighths(of: value, cells: area.height)
    for place in 0..<area.height {
      let filled = min(8, max(0, eighths - place * 8))
      guard filled > 0 else { break }
      let row = CellRect(
        row: area.endRow - 1 - place, column: area.column, height: 1, width: area.width)
      fill(row, with: Cell(EighthGlyphs.fromBottom[filled], style))
    }
  }

  /// Draws `values` one per cell; more values than cells are averaged, and gaps (not finite)
  /// stay blank.
  ///
  /// - Parameter range: What the lowest and highest glyph mean; that of `values` when nil.
  package mutating func drawSparkline(
    _ values: [Double], row: Int, column: Int, width: Int, style: Style = .plain,
    range: ClosedRange<Double>? = nil
  ) {
    let finite = values.filter { $0.isFinite }
    guard width > 0, let low = range?.lowerBound ?? finite.min(),
      let high = range?.upperBound ?? finite.max()
    else { return }
    let cellCount = min(width, values.count)
    for cell in 0..<cellCount {
      let first = cell * values.count / cellCount
      let end = (cell + 1) * values.count / cellCount
      let bin = values[first..<end].filter { $0.isFinite }
      guard !bin.isEmpty else { continue }
      let mean = bin.reduce(0, +) / Double(bin.count)
      let share = high > low ? min(1, max(0, (mean - low) / (high - low))) : 0.5
      let level = 1 + Int((share * 7).rounded())
      self[row, column + cell] = Cell(EighthGlyphs.fromBottom[level], style)
    }
  }

  /// Filled eighths; something greater than nothing shows at least one.
  private func eighths(of value: Double, cells: Int) -> Int {
    guard value > 0, cells > 0 else { return 0 }
    return max(1, Int((min(1, value) * Double(cells * 8)).rounded()))
  }
}

private enum EighthGlyphs {
  static let fromLeft: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]
  static let fromBottom: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
