import Canvas

/// Pictures that were fitted to cells lately: most of a frame's were in the one before.
///
/// How a picture looks follows from its key alone, so a frame is the same whatever is kept. One
/// value serves one explorer, whose pictures are told apart by their numbers.
package struct FittedPictures: Sendable {
  /// What the cells of a picture depend on.
  struct Key: Hashable {
    /// ``Picture/number``.
    var picture: Int
    var part: PixelArea
    var size: ScreenSize
    var tier: DisplayTier
  }

  /// Cells kept at most, twice over: 2 MB each; a screen shows some ten thousand.
  private let cellLimit: Int
  private var recent: [Key: [Cell]] = [:]
  private var recentCount = 0
  /// What was kept before `recent` was begun, for as long as that is not full.
  private var older: [Key: [Cell]] = [:]

  package init() { self.init(cellLimit: 1 << 17) }

  init(cellLimit: Int) { self.cellLimit = cellLimit }

  /// Pictures kept.
  var count: Int { recent.count + older.keys.count { recent[$0] == nil } }

  /// The cells of a picture, fitted unless they are kept; nil where there is nothing to fit.
  mutating func cells(_ key: Key, fit: () -> [Cell]?) -> [Cell]? {
    if let known = recent[key] { return known }
    guard let cells = older[key] ?? fit() else { return nil }
    if recentCount + cells.count > cellLimit {
      older = recent
      (recent, recentCount) = ([:], 0)
    }
    recent[key] = cells
    recentCount += cells.count
    return cells
  }
}
