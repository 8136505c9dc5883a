/// Writes frames as escape sequences that change only what differs from the frame before, for
/// terminals with 256 or direct colours (ECMA-48 and xterm, which all of those understand).
package struct FramePainter {
  private let tier: DisplayTier
  private var shown: CellGrid?
  /// Whether the last frame left pictures out.
  package private(set) var isUnfinished = false

  /// A frame of more runs is a screen of pictures, for which trying orders saves nothing.
  private static let mostRunsToArrange = 1500

  /// Of more runs of one look, the way from each to the nearest takes too long to find.
  private static let mostRunsToVisit = 200
  /// A frame of fewer bytes is not worth looking for rows that moved, one of more is another screen.
  private static let bytesToShift = 3_000...60_000

  package init(tier: DisplayTier) {
    self.tier = tier
  }

  /// The screen no longer shows what it was given: the next frame is painted whole.
  package mutating func forgetScreen() {
    shown = nil
  }

  /// The bytes that bring the screen from the last frame to this one. Before and after, the
  /// rendition is plain.
  ///
  /// - Parameter budget: Where a frame would take more bytes, pictures that are not on the screen
  ///   yet are left blank, and ``isUnfinished`` says so; nil paints all.
  /// - Complexity: O(cells).
  package mutating func paint(_ frame: CellGrid, budget: Int? = nil) -> [UInt8] {
    let frame = frame.settled(glyphs: tier.glyphs)
    let former = shown
    let bytes = paintSettled(frame)
    isUnfinished = false
    guard let budget, bytes.count > budget else { return bytes }
    let isKnown = former?.height == frame.height && former?.width == frame.width
    let old = isKnown ? former : nil
    let sketch = frame.leavingOutNewPictures(
      since: old ?? CellGrid(height: frame.height, width: frame.width))
    guard sketch != frame else { return bytes }
    isUnfinished = true
    shown = former
    return paintSettled(sketch)
  }

  private mutating func paintSettled(_ frame: CellGrid) -> [UInt8] {
    let isKnown = shown?.height == frame.height && shown?.width == frame.width
    let blank = CellGrid(height: frame.height, width: frame.width)
    let old = isKnown ? shown ?? blank : blank
    var start = Pen()
    if !isKnown { start.clearScreen() }
    var bytes = painted(frame, over: old, with: start)
    if isKnown, Self.bytesToShift.contains(bytes.count),
      let shift = frame.sidewaysShift(since: old)
    {
      start.shift(shift)
      let shifted = painted(frame, over: old.shifted(shift), with: start)
      if shifted.count < bytes.count { bytes = shifted }
    }
    shown = frame
    return bytes
  }

  /// What brings a screen that shows `old` to `frame`, and what the pen wrote before.
  private func painted(_ frame: CellGrid, over old: CellGrid, with start: Pen) -> [UInt8] {
    var pen = start
    let runs = frame.changedRuns(since: old, colors: tier.colors)
    pen.draw(runs, of: frame)
    pen.reset()
    if runs.count <= Self.mostRunsToArrange {
      let arranged = arranged(runs, of: frame, with: start)
      if arranged.bytes.count < pen.bytes.count { pen = arranged }
    }
    return pen.bytes
  }

  /// Draws what looks alike together, so that each look is told once: a border is many short
  /// runs of one colour, with others between them in every row. Within a look by rows, by
  /// columns or from each to the nearest, whichever is shortest.
  private func arranged(_ runs: [ChangedRun], of frame: CellGrid, with start: Pen) -> Pen {
    var pen = start
    for group in groupedByLook(runs) {
      var byRows = pen
      byRows.draw(group, of: frame)
      let turned = group.sorted {
        ($0.columns.lowerBound, $0.row) < ($1.columns.lowerBound, $1.row)
      }
      let before = pen
      pen.draw(turned, of: frame)
      if byRows.bytes.count <= pen.bytes.count { pen = byRows }
      if (3...Self.mostRunsToVisit).contains(group.count) {
        var nearest = before
        nearest.draw(before.nearestFirst(group, of: frame), of: frame)
        if nearest.bytes.count < pen.bytes.count { pen = nearest }
      }
    }
    pen.reset()
    return pen
  }

  /// Runs of one rendition each, in the order in which renditions first appear.
  private func groupedByLook(_ runs: [ChangedRun]) -> [[ChangedRun]] {
    var places: [GraphicRendition: Int] = [:]
    var groups: [[ChangedRun]] = []
    for run in runs {
      if let place = places[run.rendition] {
        groups[place].append(run)
      } else {
        places[run.rendition] = groups.count
        groups.append([run])
      }
    }
    return groups
  }
}
