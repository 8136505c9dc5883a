/// A stretch of a row that can be written with one rendition and differs from what is shown.
struct ChangedRun: Equatable {
  var row: Int
  var columns: Range<Int>
  var rendition: GraphicRendition
  /// Blanks from here to the end of the row, for the terminal to fill.
  var isErasure = false
  /// Whether all its glyphs are blanks.
  var isBlank = false
}

extension CellGrid {
  /// What has to be written where `old` is on the screen; by rows, then columns.
  ///
  /// A few unchanged cells between changed ones are written again when that takes fewer bytes
  /// than stepping over them. Differences that cannot be seen don't count: the text colour of a
  /// blank, colours that are the same on the terminal.
  ///
  /// Both grids are settled and of one size.
  ///
  /// - Complexity: O(cells).
  func changedRuns(since old: CellGrid, colors: ColorTier) -> [ChangedRun] {
    var runs: [ChangedRun] = []
    for row in 0..<height {
      let inkEnd = lastInk(row)
      var builder = RunBuilder(row: row, colors: colors)
      let start = row * width
      for column in 0..<inkEnd where cells[start + column] != old.cells[start + column] {
        builder.add(column, of: self, replacing: old.cells[start + column], to: &runs)
      }
      if let last = builder.run { runs.append(last) }
      if old.lastInk(row) > inkEnd {
        let rest = ChangedRun(
          row: row, columns: inkEnd..<width, rendition: GraphicRendition(), isErasure: true)
        runs.append(rest)
      }
    }
    return runs
  }
}

/// Joins the changed cells of a row to runs.
private struct RunBuilder {
  let row: Int
  let colors: ColorTier
  /// The run that may go on; while it is blank it takes on the text colour of what follows.
  private(set) var run: ChangedRun?

  /// Stepping over cells takes about as many bytes.
  private static let bridgeableBytes = 4

  init(row: Int, colors: ColorTier) {
    self.row = row
    self.colors = colors
  }

  /// Takes in a cell that differs from the old one; a run that ends with it goes to `runs`.
  mutating func add(
    _ column: Int, of grid: CellGrid, replacing old: Cell, to runs: inout [ChangedRun]
  ) {
    let cell = grid[row, column]
    guard cell.glyph != Cell.continuation else { return }
    let rendition = GraphicRendition(seenOf: cell, colors)
    guard cell.glyph != old.glyph || rendition != GraphicRendition(seenOf: old, colors) else {
      return
    }
    let end = column + cell.glyph.cellWidth
    let isBlank = cell.glyph == " "
    if let last = run {
      if reaches(last, column, of: grid) {
        let bridge = last.columns.upperBound..<max(column, last.columns.upperBound)
        let wasBlank = last.isBlank && bridge.allSatisfy { grid[row, $0].glyph == " " }
        let columns = last.columns.lowerBound..<end
        if last.rendition.suits(cell.glyph, rendition) {
          run?.columns = columns
          run?.isBlank = wasBlank && isBlank
          return
        }
        if wasBlank, rendition.suits(" ", last.rendition) {
          run = ChangedRun(row: row, columns: columns, rendition: rendition)
          return
        }
      }
      runs.append(last)
    }
    run = ChangedRun(
      row: row, columns: column..<end, rendition: rendition, isBlank: isBlank)
  }

  /// Whether a run can go on to a column, through unchanged cells of its own look if need be.
  private func reaches(_ run: ChangedRun, _ column: Int, of grid: CellGrid) -> Bool {
    var bytes = 0
    for place in run.columns.upperBound..<max(column, run.columns.upperBound) {
      let cell = grid[row, place]
      bytes += cell.glyph.utf8Count
      guard bytes <= Self.bridgeableBytes, cell.glyph != Cell.continuation,
        run.rendition.suits(cell.glyph, GraphicRendition(seenOf: cell, colors))
      else { return false }
    }
    return true
  }
}

extension GraphicRendition {
  /// What can be seen of a cell's style: a blank has no text colour.
  init(seenOf cell: Cell, _ tier: ColorTier) {
    self.init(cell.style, tier)
    guard cell.glyph == " ", attributes.isDisjoint(with: [.underline, .reverse]) else { return }
    foreground = .own
    attributes = []
  }

  /// What a glyph that should look like `wanted` is best written in after this: the text colour
  /// of a blank on a ground of its own is not seen, so it stays for what follows.
  func kept(under glyph: Unicode.Scalar, _ wanted: GraphicRendition) -> GraphicRendition {
    guard glyph == " ", wanted.foreground == .own, wanted.background != .own,
      wanted.attributes.isEmpty
    else { return wanted }
    var kept = self
    kept.background = wanted.background
    kept.attributes.subtract([.underline, .reverse])
    return kept
  }

  /// Whether a glyph that should look like `wanted` looks the same in this rendition.
  func suits(_ glyph: Unicode.Scalar, _ wanted: GraphicRendition) -> Bool {
    if self == wanted { return true }
    return glyph == " " && background == wanted.background
      && attributes.isDisjoint(with: [.underline, .reverse])
      && wanted.attributes.isDisjoint(with: [.underline, .reverse])
  }
}

extension Unicode.Scalar {
  /// Bytes in UTF-8.
  fileprivate var utf8Count: Int { Unicode.UTF8.width(self) }
}
