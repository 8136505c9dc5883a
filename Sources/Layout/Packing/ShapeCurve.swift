/// The boxes that something fits into: the least height for every width, and the other way round.
///
/// L. Stockmeyer, "Optimal Orientations of Cells in Slicing Floorplan Designs", Information and
/// Control 57, 1983, doi:10.1016/S0019-9958(83)80038-2.
struct ShapeCurve: Sendable {
  /// Stands for "does not fit".
  static let never = 1 << 40

  /// Least height for each width `0...canvas width`; never rises.
  private(set) var heights: [Int]
  /// Least width for each height `0...canvas height`; never rises.
  private(set) var widths: [Int]

  /// Nothing fits.
  init(width: Int, height: Int) {
    heights = Array(repeating: Self.never, count: width + 1)
    widths = Array(repeating: Self.never, count: height + 1)
  }

  /// Whether the whole canvas is enough.
  var fits: Bool { heights[heights.count - 1] < widths.count }

  /// Adds a box; call ``close()`` after the last.
  mutating func add(width: Int, height: Int) {
    guard width < heights.count, height < widths.count else { return }
    heights[width] = min(heights[width], height)
    widths[height] = min(widths[height], width)
  }

  /// Lets larger boxes take what smaller ones do.
  mutating func close() {
    for width in heights.indices.dropFirst() {
      heights[width] = min(heights[width], heights[width - 1])
    }
    for height in widths.indices.dropFirst() {
      widths[height] = min(widths[height], widths[height - 1])
    }
  }

  /// Adds the boxes that hold two others, one on the other or side by side.
  ///
  /// - Complexity: O(width + height).
  mutating func add(_ one: ShapeCurve, _ other: ShapeCurve) {
    for width in heights.indices {
      let height = one.heights[width] + other.heights[width]
      if height < heights[width], height < widths.count {
        heights[width] = height
        widths[height] = min(widths[height], width)
      }
    }
    for height in widths.indices {
      let width = one.widths[height] + other.widths[height]
      if width < widths[height], width < heights.count {
        widths[height] = width
        heights[width] = min(heights[width], height)
      }
    }
  }
}
