import Canvas

/// Kernels of many neurons in rows of equal tiles, a caption under each; where kernels are 1 × 1, strips
/// of weights with the caption before them.
struct KernelGrid {
  let columns: Int
  let visibleRows: Int
  /// Rows on the screen from one row of tiles to the next.
  let rowHeight: Int
  /// Of the picture, or the strip, alone.
  let picture: ScreenSize
  let isStrip: Bool

  private static let gap = 1
  private static let stripCaption = 9

  /// - Parameter count: Neurons to show, so that few get larger pictures.
  init(_ kernels: KernelDigest, count: Int, in area: CellRect) {
    isStrip = kernels.height * kernels.width == 1
    guard !isStrip else {
      let width = max(1, min(kernels.inputCount, area.width - Self.stripCaption))
      picture = ScreenSize(height: 1, width: width)
      rowHeight = 1
      columns = max(1, (area.width + 2) / (width + Self.stripCaption + 2))
      visibleRows = max(1, area.height)
      return
    }
    let sizes = Self.sizes(kernels).filter { $0.width <= area.width && $0.height < area.height }
    let fitting = sizes.first { size in
      let rows = (count + Self.columns(size, area) - 1) / Self.columns(size, area)
      return rows * (size.height + 1) <= area.height
    }
    picture =
      fitting ?? sizes.last
      ?? ScreenSize(height: max(1, area.height - 1), width: max(1, min(6, area.width)))
    rowHeight = picture.height + 1
    columns = Self.columns(picture, area)
    visibleRows = max(1, area.height / rowHeight)
  }

  /// Sizes of a picture, largest first, down to one that still shows every weight.
  private static func sizes(_ kernels: KernelDigest) -> [ScreenSize] {
    let whole = stride(from: 4, through: 1, by: -1).map {
      ScreenSize(height: $0 * kernels.height, width: 2 * $0 * kernels.width)
    }
    let half = ScreenSize(
      height: (kernels.height + 1) / 2, width: max(3, kernels.width, (kernels.height + 1) / 2))
    return whole + [half]
  }

  private static func columns(_ size: ScreenSize, _ area: CellRect) -> Int {
    max(1, (area.width + gap) / (size.width + gap))
  }

  /// Where the tile of place `index` lies, caption included, when row `start` is the first
  /// shown; nil when out of sight.
  func tile(_ index: Int, start: Int, in area: CellRect) -> CellRect? {
    let row = index / columns - start
    guard (0..<visibleRows).contains(row) else { return nil }
    let width = picture.width + (isStrip ? Self.stripCaption : 0)
    return CellRect(
      row: area.row + row * rowHeight,
      column: area.column + index % columns * (width + (isStrip ? 2 : Self.gap)),
      height: min(rowHeight, area.height), width: min(width, area.width))
  }

  func pictureArea(_ tile: CellRect) -> CellRect {
    isStrip
      ? tile.withoutLeft(Self.stripCaption) : tile.withHeight(min(picture.height, tile.height))
  }

  func captionArea(_ tile: CellRect) -> CellRect {
    isStrip ? tile.withWidth(Self.stripCaption - 1) : tile.withoutTop(picture.height).withHeight(1)
  }
}
