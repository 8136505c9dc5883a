extension CellGrid {
  /// Writes one line of text, made safe and clipped to the grid.
  ///
  /// - Parameters:
  ///   - column: May be negative; what lies left of the grid is not drawn.
  ///   - maximumWidth: Columns the text may take; up to the grid's edge when nil.
  ///   - alignment: Place within `maximumWidth`.
  /// - Returns: Columns the text took.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, row: Int, column: Int, style: Style = .plain,
    maximumWidth: Int? = nil, alignment: TextAlignment = .leading,
    truncation: TextTruncation = .end
  ) -> Int {
    let room = max(0, width - column)
    let field = maximumWidth.map { max(0, $0) } ?? room
    guard row >= 0, row < height, room > 0, field > 0 else { return 0 }
    let glyphs = fittedGlyphs(text, width: field, truncation)
    let used = glyphs.reduce(0) { $0 + $1.cellWidth }
    var place = column
    switch alignment {
    case .leading: break
    case .center: place += (field - used) / 2
    case .trailing: place += field - used
    }
    for glyph in glyphs {
      place += put(glyph, row: row, column: place, style: style)
      if place >= width { break }
    }
    return used
  }

  /// Columns that ``write(_:row:column:style:maximumWidth:alignment:truncation:)`` would take,
  /// without writing.
  package func measure(
    _ text: some StringProtocol, row: Int, column: Int, maximumWidth: Int? = nil,
    truncation: TextTruncation = .end
  ) -> Int {
    let room = max(0, width - column)
    let field = maximumWidth.map { max(0, $0) } ?? room
    guard row >= 0, row < height, room > 0, field > 0 else { return 0 }
    if text.utf8.count <= field, truncation == .end { return cellWidth(of: text) }
    return fittedGlyphs(text, width: field, truncation).reduce(0) { $0 + $1.cellWidth }
  }

  /// Writes one safe glyph and, when it is wide, its right half.
  ///
  /// - Returns: Columns taken.
  @discardableResult
  package mutating func put(
    _ glyph: Unicode.Scalar, row: Int, column: Int, style: Style = .plain
  ) -> Int {
    let columns = glyph.cellWidth
    guard columns == 2 else {
      self[row, column] = Cell(glyph, style)
      return columns
    }
    if column >= 0, column + 1 < width {
      self[row, column] = Cell(glyph, style)
      self[row, column + 1] = Cell(Cell.continuation, style)
    } else {
      self[row, column] = Cell(" ", style)
      self[row, column + 1] = Cell(" ", style)
    }
    return columns
  }

  /// Sets every cell of `area`.
  package mutating func fill(_ area: CellRect, with cell: Cell = .blank) {
    let area = area.intersection(bounds)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn { self[row, column] = cell }
    }
  }

  /// Changes how `area` looks; its glyphs stay. Colours that `style` leaves open stay, too.
  package mutating func restyle(_ area: CellRect, _ style: Style) {
    let area = area.intersection(bounds)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        let old = self[row, column].style
        self[row, column].style = Style(
          foreground: style.foreground ?? old.foreground,
          background: style.background ?? old.background,
          attributes: style.attributes.union(old.attributes))
      }
    }
  }

  /// Copies another grid in, its top left cell at `row`, `column`.
  ///
  /// - Parameter area: Nothing outside it changes; the whole grid when nil.
  package mutating func draw(
    _ other: CellGrid, row: Int, column: Int, clippedTo area: CellRect? = nil
  ) {
    draw(
      other.cells, row: row, column: column, height: other.height, width: other.width,
      clippedTo: area)
  }

  /// Copies row-major `cells`, such as those of ``renderThumbnail(_:height:width:tier:)``.
  ///
  /// - Precondition: `cells.count == height * width`.
  package mutating func draw(
    _ cells: [Cell], row: Int, column: Int, height: Int, width: Int,
    clippedTo area: CellRect? = nil
  ) {
    precondition(cells.count == height * width)
    let target = CellRect(row: row, column: column, height: height, width: width)
      .intersection(area ?? bounds).intersection(bounds)
    for y in target.row..<target.endRow {
      for x in target.column..<target.endColumn {
        self[y, x] = cells[(y - row) * width + x - column]
      }
    }
  }
}
