import Canvas

/// Kernels of many neurons in rows of equal tiles, a caption under each or none; where kernels are
/// 1 × 1, strips of weights with the caption before them.
struct KernelGrid {
  let columns: Int
  let visibleRows: Int
  /// Rows on the screen from one row of tiles to the next.
  let rowHeight: Int
  /// Of the picture, or the strip, alone.
  let picture: ScreenSize
  let isStrip: Bool
  /// Columns before a strip.
  private let stripCaption: Int

  private static let gap = 1

  /// - Parameters:
  ///   - count: Neurons to show, so that few get larger pictures.
  ///   - largest: Rows that a weight takes at most.
  init(
    _ kernels: KernelDigest, count: Int, largest: Int = 4, isCaptioned: Bool = true,
    in area: CellRect
  ) {
    isStrip = kernels.isStrip
    stripCaption = isStrip && isCaptioned ? 9 : 0
    guard !isStrip else {
      let width = max(1, min(kernels.inputCount, area.width - stripCaption))
      picture = ScreenSize(height: 1, width: width)
      rowHeight = 1
      columns = Self.strips(width + stripCaption, in: area.width)
      visibleRows = max(1, area.height)
      return
    }
    // Without captions there is a gap between rows, none under the last.
    let caption = isCaptioned ? 1 : 0
    let height = area.height + 1 - caption
    let sizes = Self.sizes(kernels, largest: largest).filter {
      $0.width <= area.width && $0.height < height
    }
    let fitting = sizes.first { size in
      let rows = (count + Self.columns(size, area.width) - 1) / Self.columns(size, area.width)
      return rows * (size.height + 1) <= height
    }
    picture =
      fitting ?? sizes.last
      ?? ScreenSize(height: max(1, area.height - caption), width: max(1, min(6, area.width)))
    rowHeight = picture.height + 1
    columns = Self.columns(picture, area.width)
    visibleRows = max(1, height / rowHeight)
  }

  /// Rows in which so many neurons have the smallest tiles without captions.
  static func leastHeight(_ kernels: KernelDigest, count: Int, width: Int) -> Int {
    guard !kernels.isStrip else {
      let columns = strips(max(1, min(kernels.inputCount, width)), in: width)
      return (count + columns - 1) / columns
    }
    let size = smallest(kernels)
    let columns = columns(size, width)
    return (count + columns - 1) / columns * (size.height + 1) - 1
  }

  /// Sizes of a picture, largest first, down to one that still shows every weight.
  private static func sizes(_ kernels: KernelDigest, largest: Int) -> [ScreenSize] {
    let whole = stride(from: largest, through: 1, by: -1).map {
      ScreenSize(height: $0 * kernels.height, width: 2 * $0 * kernels.width)
    }
    return whole + [smallest(kernels)]
  }

  private static func smallest(_ kernels: KernelDigest) -> ScreenSize {
    let height = (kernels.height + 1) / 2
    return ScreenSize(height: height, width: max(3, kernels.width, height))
  }

  private static func columns(_ size: ScreenSize, _ width: Int) -> Int {
    max(1, (width + gap) / (size.width + gap))
  }

  private static func strips(_ strip: Int, in width: Int) -> Int {
    max(1, (width + 2) / (strip + 2))
  }

  /// Where the tile of place `index` lies, caption included, when row `start` is the first
  /// shown; nil when out of sight.
  func tile(_ index: Int, start: Int, in area: CellRect) -> CellRect? {
    let row = index / columns - start
    guard (0..<visibleRows).contains(row) else { return nil }
    let width = picture.width + (isStrip ? stripCaption : 0)
    return CellRect(
      row: area.row + row * rowHeight,
      column: area.column + index % columns * (width + (isStrip ? 2 : Self.gap)),
      height: min(rowHeight, area.height), width: min(width, area.width))
  }

  func pictureArea(_ tile: CellRect) -> CellRect {
    isStrip
      ? tile.withoutLeft(stripCaption) : tile.withHeight(min(picture.height, tile.height))
  }

  func captionArea(_ tile: CellRect) -> CellRect {
    isStrip ? tile.withWidth(stripCaption - 1) : tile.withoutTop(picture.height).withHeight(1)
  }
}
