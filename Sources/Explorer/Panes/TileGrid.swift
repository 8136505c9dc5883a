import Canvas

/// Equal tiles with a caption line each, as large as lets all of them be seen.
struct TileGrid {
  var columns: Int
  var visibleRows: Int
  /// Of the picture, without the caption.
  var tile: ScreenSize
  /// Whether there is room for captions.
  var hasCaption: Bool
  private var spacing = 1

  /// - Parameters:
  ///   - largest: Most rows a picture takes.
  ///   - columns: How many side by side; as many as fit when nil.
  init(_ count: Int, in area: CellRect, largest: Int, columns fixed: Int? = nil) {
    var best: (height: Int, columns: Int)?
    for height in stride(from: max(2, largest), through: 2, by: -1) {
      let fit = max(1, (area.width + 1) / (2 * height + 1))
      let columns = min(fixed ?? fit, fit)
      if let fixed, columns < fixed { continue }
      let rows = (count + columns - 1) / columns
      best = (height, columns)
      if rows * (height + 1) <= area.height { break }
    }
    let height = min(best?.height ?? 2, max(1, area.height - 1))
    tile = ScreenSize(height: height, width: min(2 * height, max(1, area.width)))
    columns = max(1, best?.columns ?? min(fixed ?? 1, max(1, (area.width + 1) / 5)))
    hasCaption = area.height > height
    visibleRows = max(1, area.height / (height + (hasCaption ? 1 : 0)))
  }

  var rowHeight: Int { tile.height + (hasCaption ? 1 : 0) }

  /// Where tile `index` lies when row `start` is the first shown; nil when out of sight.
  func picture(_ index: Int, start: Int, in area: CellRect) -> CellRect? {
    let row = index / columns - start
    guard (0..<visibleRows).contains(row) else { return nil }
    let place = CellRect(
      row: area.row + row * rowHeight,
      column: area.column + index % columns * (tile.width + spacing), height: tile.height,
      width: tile.width)
    return place.endColumn <= area.endColumn ? place : nil
  }
}
