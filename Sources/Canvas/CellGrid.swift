/// One full frame, before any terminal is involved.
public struct CellGrid: Equatable, Sendable {
  public let height: Int
  public let width: Int
  /// Row-major.
  public private(set) var cells: [Cell]

  /// A grid of blanks; negative sizes count as zero.
  public init(height: Int, width: Int) {
    self.height = max(0, height)
    self.width = max(0, width)
    cells = Array(repeating: .blank, count: self.height * self.width)
  }

  /// The whole grid.
  public var bounds: CellRect { CellRect(row: 0, column: 0, height: height, width: width) }

  /// Writes outside the grid are ignored, so panes need no bounds logic.
  public subscript(row: Int, column: Int) -> Cell {
    get { contains(row, column) ? cells[row * width + column] : .blank }
    set { if contains(row, column) { cells[row * width + column] = newValue } }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < height && column >= 0 && column < width
  }
}
