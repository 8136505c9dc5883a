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
  /// saves little.
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
    var places = StretchPlaces(width: width)
    for row in changed {
      let stretches = stretches(row)
      places.fill(old.stretches(row), with: stretches)
      places.forEachMove { before, column in votes[before - column + width] += 1 }
    }
    // The first of equals, whatever order the stretches came in.
    guard let best = votes.indices.max(by: { (votes[$0], $1) < (votes[$1], $0) }), votes[best] > 0
    else { return nil }
    let distance = best - width
    var (rows, saved, whole) = ([Int](), 0, 0)
    for row in changed {
      let moved = Self.moved(old.rowCells(row), by: distance)
      let cost = cost(of: row, replacing: old.rowCells(row))
      let saving = cost - self.cost(of: row, replacing: moved[...]) - 12
      whole += cost
      guard saving > 0 else { continue }
      rows.append(row)
      saved += saving
    }
    return saved * 24 > whole ? SidewaysShift(rows: rows, distance: distance) : nil
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

  /// Numbers that tell the stretches of six cells of a row apart, by their first column.
  private func stretches(_ row: Int) -> [UInt64] {
    let codes = rowCells(row).map(\.code)
    guard codes.count >= 6 else { return [] }
    // Horner's scheme, so that the next stretch follows from the one before.
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    let last = (0..<6).reduce(1) { power, _ in power &* base }
    var stretch = codes[..<6].reduce(0) { $0 &* base &+ $1 }
    var stretches = [stretch]
    stretches.reserveCapacity(codes.count - 5)
    for column in 6..<codes.count {
      stretch = stretch &* base &+ codes[column] &- codes[column - 6] &* last
      stretches.append(stretch)
    }
    return stretches
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
        cost += 4
        if cell.style.foreground != nil { cost += 15 }
        if cell.style.background != nil { cost += 15 }
      }
      last = cell.style
    }
    return cost
  }
}

extension Cell {
  /// Equal for equal cells; others seldom share one.
  fileprivate var code: UInt64 {
    let code = (style.bits &* 0xD6E8_FEB8_6659_FD93 ^ UInt64(glyph.value)) &* 0x9FB2_1C65_1E98_DF25
    return code ^ code >> 32
  }
}

/// Where stretches lie in a row before and after, for those that both have once: a table without
/// a place of its own for each row, because a frame has two for every row.
private struct StretchPlaces {
  private struct Entry {
    var stretch: UInt64 = 0
    /// -1 where there is none, -2 where there are several.
    var before: Int32 = -1
    var after: Int32 = -1
    /// The row it is of; of another row it is none.
    var row: Int32 = 0
  }

  private var entries: [Entry]
  /// Places in `entries` that this row has taken, in the order in which it did.
  private var taken: [Int] = []
  /// Rows filled in so far.
  private var row: Int32 = 0

  init(width: Int) {
    var count = 16
    while count < 4 * width { count *= 2 }
    entries = Array(repeating: Entry(), count: count)
  }

  mutating func fill(_ before: [UInt64], with after: [UInt64]) {
    row += 1
    taken.removeAll(keepingCapacity: true)
    for (column, stretch) in before.enumerated() {
      let index = index(of: stretch)
      entries[index].before = entries[index].before == -1 ? Int32(column) : -2
    }
    for (column, stretch) in after.enumerated() {
      let index = index(of: stretch)
      entries[index].after = entries[index].after == -1 ? Int32(column) : -2
    }
  }

  /// Calls with the columns of each stretch that is elsewhere now, in no order that matters.
  func forEachMove(_ body: (_ before: Int, _ after: Int) -> Void) {
    for index in taken {
      let entry = entries[index]
      guard entry.before >= 0, entry.after >= 0, entry.before != entry.after else { continue }
      body(Int(entry.before), Int(entry.after))
    }
  }

  /// The entry of a stretch, begun if need be.
  private mutating func index(of stretch: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: stretch >> 32) & (entries.count - 1)
    while entries[index].row == row, entries[index].stretch != stretch {
      index = (index + 1) & (entries.count - 1)
    }
    if entries[index].row != row {
      entries[index] = Entry(stretch: stretch, row: row)
      taken.append(index)
    }
    return index
  }
}
