/// An extent in terminal cells; rows grow downwards.
public struct CellRect: Hashable, Sendable {
  public var row: Int
  public var column: Int
  public var height: Int
  public var width: Int

  /// Negative sizes count as zero.
  public init(row: Int, column: Int, height: Int, width: Int) {
    self.row = row
    self.column = column
    self.height = max(0, height)
    self.width = max(0, width)
  }

  /// The first row and column behind the rectangle.
  public var endRow: Int { row + height }
  public var endColumn: Int { column + width }

  /// Whether the cell lies inside.
  public func contains(row: Int, column: Int) -> Bool {
    (self.row..<endRow).contains(row) && (self.column..<endColumn).contains(column)
  }

  /// Without `cells` on every side.
  public func inset(by cells: Int) -> CellRect {
    CellRect(
      row: row + cells, column: column + cells, height: height - 2 * cells,
      width: width - 2 * cells)
  }

  /// What both cover; empty when they are apart.
  public func intersection(_ other: CellRect) -> CellRect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return CellRect(
      row: top, column: left, height: min(endRow, other.endRow) - top,
      width: min(endColumn, other.endColumn) - left)
  }
}
