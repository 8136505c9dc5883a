import Tensors

/// Shades cells by value.
///
/// With smooth colours a cell's background carries the value and its glyph stays free for text;
/// with 16 colours or none, glyphs of growing ink do.
package struct Heatmap: Hashable, Sendable {
  package var ramp: ColorRamp
  package var tier: DisplayTier

  package init(_ ramp: ColorRamp, tier: DisplayTier) {
    self.ramp = ramp
    self.tier = tier
  }

  /// Rows of values that fit into one row of cells: 2 where half blocks and smooth colours are
  /// to be had, else 1.
  package var valuesPerCell: Int { tier.hasSmoothColors && tier.glyphs == .unicode ? 2 : 1 }

  /// One cell for a value in the ramp's range, clamped; a value that is not finite is absent and
  /// shows as `/`.
  package func cell(_ value: Double) -> Cell {
    guard value.isFinite else { return Heatmap.absent }
    if tier.hasSmoothColors { return Cell(" ", Style(background: ramp.color(at: value))) }
    return shade(value)
  }

  /// One cell for two values, one above the other. Where ``valuesPerCell`` is 1 it shows their
  /// mean.
  package func cell(top: Double, bottom: Double) -> Cell {
    guard top.isFinite, bottom.isFinite, valuesPerCell == 2 else {
      return cell(top.isFinite ? (bottom.isFinite ? (top + bottom) / 2 : top) : bottom)
    }
    let style = Style(foreground: ramp.color(at: top), background: ramp.color(at: bottom))
    return style.foreground == style.background
      ? Cell(" ", Style(background: style.background)) : Cell("▀", style)
  }

  package static let absent = Cell("/", Style(attributes: .dim))

  /// Cells that show the ramp from its lowest to its highest value.
  package func legend(width: Int) -> [Cell] {
    (0..<max(0, width)).map { place in
      let share = width > 1 ? Double(place) / Double(width - 1) : 0.5
      return cell(ramp.isSigned ? share * 2 - 1 : share)
    }
  }

  private func shade(_ value: Double) -> Cell {
    let strength = min(1, max(0, abs(value)))
    let isNegative = ramp.isSigned && value < 0
    let glyphs = Heatmap.glyphs(tier, isSigned: ramp.isSigned, isNegative: isNegative)
    let sequential = !ramp.isSigned && value < 0 ? 0 : strength
    let level = min(glyphs.count - 1, Int(sequential * Double(glyphs.count)))
    var style = Style.plain
    if tier.colors == .palette16, level > 0 {
      style.foreground = hue(Double(level) / Double(glyphs.count - 1), isNegative)
    }
    return Cell(glyphs[level], style)
  }

  /// Dark to light for sequential ramps, one hue a sign for signed ones.
  private func hue(_ strength: Double, _ isNegative: Bool) -> Color? {
    if ramp.isSigned { return Color(palette: isNegative ? 12 : 11) }
    if ramp == .grey { return nil }
    let entries: [UInt8] = [12, 6, 14, 11]
    return Color(palette: entries[min(3, Int(strength * 4))])
  }

  private static func glyphs(
    _ tier: DisplayTier, isSigned: Bool, isNegative: Bool
  ) -> [Unicode.Scalar] {
    switch (tier.glyphs, isSigned, isNegative) {
    case (.unicode, _, false): [" ", "░", "▒", "▓", "█"]
    case (.unicode, _, true): [" ", "·", "-", "=", "≡"]
    case (.ascii, false, _): [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]
    case (.ascii, true, false): [" ", ".", "+", "*", "#"]
    case (.ascii, true, true): [" ", "'", "-", "=", "%"]
    }
  }
}

extension CellGrid {
  /// Shades a matrix from the top left of `area`, as much of it as fits.
  ///
  /// - Parameters:
  ///   - cellsPerValue: Columns each value takes.
  ///   - packsRows: Whether a cell shows ``Heatmap/valuesPerCell`` rows instead of one.
  ///   - value: The value at (row, column), in the ramp's range; asked once each.
  package mutating func drawHeatmap(
    rowCount: Int, columnCount: Int, in area: CellRect, _ heatmap: Heatmap,
    cellsPerValue: Int = 1, packsRows: Bool = false, value: (Int, Int) -> Double
  ) {
    let rowsPerCell = packsRows ? heatmap.valuesPerCell : 1
    let cellsPerValue = max(1, cellsPerValue)
    let shownRows = min(area.height, (rowCount + rowsPerCell - 1) / rowsPerCell)
    let shownColumns = min(columnCount, area.width / cellsPerValue)
    for row in 0..<max(0, shownRows) {
      for column in 0..<max(0, shownColumns) {
        let first = row * rowsPerCell
        let top = value(first, column)
        let cell: Cell
        if rowsPerCell == 1 {
          cell = heatmap.cell(top)
        } else if first + 1 < rowCount {
          cell = heatmap.cell(top: top, bottom: value(first + 1, column))
        } else {
          cell = Cell("▀", Style(foreground: heatmap.cell(top).style.background))
        }
        for offset in 0..<cellsPerValue {
          self[area.row + row, area.column + column * cellsPerValue + offset] = cell
        }
      }
    }
  }

  /// Shades a matrix of values in the ramp's range; see the other overload.
  package mutating func drawHeatmap(
    _ values: Matrix, in area: CellRect, _ heatmap: Heatmap, cellsPerValue: Int = 1,
    packsRows: Bool = false
  ) {
    drawHeatmap(
      rowCount: values.rowCount, columnCount: values.columnCount, in: area, heatmap,
      cellsPerValue: cellsPerValue, packsRows: packsRows
    ) { Double(values[$0, $1]) }
  }
}
