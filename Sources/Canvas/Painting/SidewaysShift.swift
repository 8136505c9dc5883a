/// Rows of the screen that the terminal moves sideways by itself (ECMA-48, delete and insert
/// character): most of a screen that scrolls to the next pane is there already, some columns away.
struct SidewaysShift: Equatable {
  /// Ascending.
  var rows: [Int]
  /// Columns to the left; negative to the right.
  var distance: Int
}

extension CellGrid {
  /// What to move on a screen that shows `old` so that little is left to write; nil where moving
  /// saves nothing.
  ///
  /// The distance is the one by which most stretches of cells moved that a row has only once.
  ///
  /// Both grids are settled and of one size.
  ///
  /// - Complexity: O(cells).
  func sidewaysShift(since old: CellGrid) -> SidewaysShift? {
    let changed = (0..<height).filter { row in
      old.rowCells(row) != rowCells(row) && old.isShiftable(row) && isShiftable(row)
    }
    var votes = Array(repeating: 0, count: 2 * width + 1)
    for row in changed {
      let places = old.uniqueStretches(row)
      for (stretch, column) in uniqueStretches(row) {
        guard let before = places[stretch], before != column else { continue }
        votes[before - column + width] += 1
      }
    }
    // The first of equals, whatever order the stretches came in.
    guard let best = votes.indices.max(by: { (votes[$0], $1) < (votes[$1], $0) }), votes[best] > 0
    else { return nil }
    let distance = best - width
    let rows = changed.filter { row in
      let moved = Self.moved(old.rowCells(row), by: distance)
      return cost(of: row, replacing: moved[...]) + 12
        < cost(of: row, replacing: old.rowCells(row))
    }
    return rows.isEmpty ? nil : SidewaysShift(rows: rows, distance: distance)
  }

  /// What a screen that shows this grid shows after a shift.
  func shifted(_ shift: SidewaysShift) -> CellGrid {
    var grid = self
    for row in shift.rows {
      for (column, cell) in Self.moved(rowCells(row), by: shift.distance).enumerated() {
        grid[row, column] = cell
      }
    }
    return grid
  }

  private static func moved(_ cells: ArraySlice<Cell>, by distance: Int) -> [Cell] {
    let blanks = Array(repeating: Cell.blank, count: min(cells.count, abs(distance)))
    return distance > 0
      ? cells.dropFirst(distance) + blanks : blanks + cells.dropLast(-distance)
  }

  private func rowCells(_ row: Int) -> ArraySlice<Cell> {
    cells[row * width..<(row + 1) * width]
  }

  /// Whether every glyph of a row takes one column, here and in the terminal.
  private func isShiftable(_ row: Int) -> Bool {
    rowCells(row).allSatisfy { $0.glyph != Cell.continuation && $0.glyph.cellWidth == 1 }
  }

  /// Stretches of a row that occur once in it, as numbers, with their first column.
  private func uniqueStretches(_ row: Int) -> [UInt64: Int] {
    let length = 6
    var codes: [UInt64] = []
    for cell in rowCells(row) { codes.append(cell.code) }
    var found: [UInt64: Int] = [:]
    for column in 0..<max(0, width - length + 1) {
      var stretch: UInt64 = 0
      for code in codes[column..<column + length] {
        stretch = (stretch ^ code) &* 0x9E37_79B9_7F4A_7C15
      }
      found[stretch] = found[stretch] == nil ? column : -1
    }
    return found.filter { $0.value >= 0 }
  }

  /// About how many bytes a row takes where `old` is shown.
  private func cost(of row: Int, replacing old: ArraySlice<Cell>) -> Int {
    var cost = 0
    var last: Style?
    for (cell, before) in zip(rowCells(row), old) {
      guard cell != before else {
        last = nil
        continue
      }
      cost += cell.glyph.isASCII ? 1 : 3
      if cell.style != last {
        let colors = [cell.style.foreground, cell.style.background].count { $0 != nil }
        cost += 4 + 15 * colors
      }
      last = cell.style
    }
    return cost
  }
}

extension Cell {
  /// Equal for equal cells; others seldom share one.
  fileprivate var code: UInt64 {
    var code = UInt64(glyph.value) << 8 | UInt64(style.attributes.rawValue)
    for color in [style.foreground, style.background] {
      let value =
        color.map { UInt64($0.red) << 16 | UInt64($0.green) << 8 | UInt64($0.blue) } ?? 1 << 24
      code = (code ^ value) &* 0xD6E8_FEB8_6659_FD93
      code ^= code >> 32
    }
    return code
  }
}
