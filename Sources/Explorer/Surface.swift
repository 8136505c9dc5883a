import Canvas

/// The frame being drawn, with what is learnt on the way.
struct Surface {
  private(set) var grid: CellGrid
  let theme: Theme
  /// True where only the layout matters: nothing is drawn.
  let isSurvey: Bool
  /// Whether it matters what a pointer can mean: a screen has thousands of such places.
  let findsRegions: Bool
  var survey = Survey()
  /// Pictures that need not be fitted to cells again.
  var fitted = FittedPictures()
  /// What the line above the footer says of the selection.
  var readout: [(String, StyleRole)] = []

  init(
    _ grid: CellGrid, _ theme: Theme, isSurvey: Bool = false, findsRegions: Bool = false
  ) {
    self.grid = grid
    self.theme = theme
    self.isSurvey = isSurvey
    self.findsRegions = findsRegions
  }

  /// Whether neither what is seen nor what can be pointed at matters.
  var isLayoutAlone: Bool { isSurvey && !findsRegions }

  var bounds: CellRect { grid.bounds }

  /// Writes one line; returns the columns it took.
  @discardableResult
  mutating func text(
    _ text: some StringProtocol, _ row: Int, _ column: Int, _ role: StyleRole = .label,
    width: Int? = nil, alignment: TextAlignment = .leading,
    truncation: TextTruncation = .end
  ) -> Int {
    guard !isSurvey else {
      return grid.measure(
        text, row: row, column: column, maximumWidth: width, truncation: truncation)
    }
    return grid.write(
      text, row: row, column: column, style: theme[role], maximumWidth: width,
      alignment: alignment, truncation: truncation)
  }

  /// Writes right-aligned on a ground of its own.
  mutating func styledText(_ text: String, in area: CellRect, _ style: Style) {
    guard !isSurvey else { return }
    grid.fill(area, with: Cell(" ", style))
    grid.write(
      text, row: area.row, column: area.column, style: style, maximumWidth: area.width,
      alignment: .trailing)
  }

  /// Writes pieces one after the other, within `width` columns; returns what they took.
  @discardableResult
  mutating func line(
    _ pieces: [(String, StyleRole)], _ row: Int, _ column: Int, width: Int
  ) -> Int {
    var used = 0
    for (piece, role) in pieces where used < width {
      used += text(piece, row, column + used, role, width: width - used)
    }
    return used
  }

  mutating func put(_ cell: Cell, _ row: Int, _ column: Int) {
    guard !isSurvey else { return }
    grid[row, column] = cell
  }

  mutating func fill(_ area: CellRect, _ role: StyleRole? = nil) {
    guard !isSurvey else { return }
    grid.fill(area, with: Cell(" ", role.map { theme[$0] } ?? .plain))
  }

  mutating func restyle(_ area: CellRect, _ role: StyleRole) {
    guard !isSurvey else { return }
    grid.restyle(area, theme[role])
  }

  /// A frame with a title; returns the area within.
  @discardableResult
  mutating func box(
    _ area: CellRect, title: @autoclosure () -> String, badge: @autoclosure () -> String = "",
    footnote: String = "", isFocused: Bool
  ) -> CellRect {
    guard !isSurvey else { return area.inset(by: 1) }
    let role = isFocused ? StyleRole.focusBorder : .border
    return grid.drawBox(
      area, line: isFocused && theme.tier.colors == .mono ? .heavy : .light, style: theme[role],
      title: title(), titleStyle: theme[isFocused ? .title : .label], badge: badge(),
      footnote: footnote)
  }

  mutating func bar(_ share: Double, _ row: Int, _ column: Int, width: Int, _ role: StyleRole) {
    guard !isSurvey else { return }
    grid.drawBar(
      share, row: row, column: column, width: width, style: theme[role],
      track: theme[.progressTrack])
  }

  mutating func signedBar(_ share: Double, _ row: Int, _ column: Int, width: Int) {
    guard !isSurvey else { return }
    grid.drawSignedBar(
      share, row: row, column: column, width: width, negative: theme[.inhibitory],
      positive: theme[.excitatory])
  }

  /// One value a cell, as growing blocks within `range`.
  mutating func sparkline(
    _ values: [Double], _ row: Int, _ column: Int, _ range: ClosedRange<Double>, _ role: StyleRole
  ) {
    guard !isSurvey else { return }
    grid.drawSparkline(
      values, row: row, column: column, width: values.count, style: theme[role], range: range)
  }

  mutating func rule(_ row: Int, _ column: Int, width: Int) {
    guard !isSurvey else { return }
    grid.drawHorizontalLine(row: row, column: column, width: width, style: theme[.border])
  }

  mutating func path(_ points: [CellPoint], _ line: LineStyle, _ style: Style) {
    guard !isSurvey else { return }
    grid.drawPath(points, line: line, style: style)
  }

  mutating func draw(_ cells: [Cell], in area: CellRect) {
    guard !isSurvey, cells.count == area.height * area.width else { return }
    grid.draw(cells, row: area.row, column: area.column, height: area.height, width: area.width)
  }

  /// Says that a pointer in `area` means `target`.
  mutating func mark(_ area: CellRect, _ target: Target, part: Int? = nil) {
    guard findsRegions else { return }
    survey.regions.append(Region(area: area, target: target, part: part))
  }

  /// Where a list of `count` starts so that `cursor` is among the `visible` rows, moved as
  /// little as possible from where it last was.
  mutating func scrollStart(
    _ key: ScrollKey, _ state: ExplorerState, cursor: Int, count: Int, visible: Int
  ) -> Int {
    let last = max(0, count - max(1, visible))
    var start = min(max(0, state.scrolls[key] ?? 0), last)
    if cursor < start { start = cursor }
    if cursor >= start + max(1, visible) { start = cursor - max(1, visible) + 1 }
    start = max(0, min(start, last))
    survey.scrolls[key] = start
    return start
  }
}
