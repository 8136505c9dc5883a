/// Writes frames as escape sequences that change only what differs from the frame before, for
/// terminals with 256 or direct colours (ECMA-48 and xterm, which all of those understand).
package struct FramePainter {
  private let tier: DisplayTier
  private var shown: CellGrid?
  /// A frame that may be next, as it is settled, and what it would take.
  private var foreseen: (frame: CellGrid, bytes: [UInt8])?
  /// Whether the last frame left pictures out.
  package private(set) var isUnfinished = false

  /// A frame of more runs or bytes is a screen of pictures, for which trying orders saves little.
  private static let mostRunsToArrange = 1500
  private static let mostBytesToArrange = 24_000

  /// Of more runs of one look, the way from each to the nearest takes too long to find.
  private static let mostRunsToVisit = 200
  /// A frame of fewer bytes is not worth looking for rows that moved, one of more is another screen.
  private static let bytesToShift = 3_000...60_000

  package init(tier: DisplayTier) {
    self.tier = tier
  }

  /// The screen no longer shows what it was given: the next frame is painted whole.
  package mutating func forgetScreen() {
    (shown, foreseen) = (nil, nil)
  }

  /// Has the next frame ready if it is this one.
  package mutating func foresee(_ frame: CellGrid) {
    let frame = frame.settled(glyphs: tier.glyphs)
    let former = shown
    foreseen = (frame, paintSettled(frame))
    shown = former
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
    let bytes = foreseenBytes(frame) ?? paintSettled(frame)
    (shown, foreseen) = (frame, nil)
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

  private func foreseenBytes(_ frame: CellGrid) -> [UInt8]? {
    foreseen?.frame == frame ? foreseen?.bytes : nil
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
    pen.reserve(runs.count)
    pen.draw(runs, of: frame)
    pen.reset()
    if runs.count <= Self.mostRunsToArrange, pen.bytes.count <= Self.mostBytesToArrange {
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
    for group in groupedByLook(runs) { pen.append(shortest(group, of: frame, after: pen.onward)) }
    pen.reset()
    return pen
  }

  private func shortest(_ group: [ChangedRun], of frame: CellGrid, after start: Pen) -> Pen {
    var best = start
    best.draw(group, of: frame)
    guard group.count > 1 else { return best }
    var orders = [
      group.sorted { ($0.columns.lowerBound, $0.row) < ($1.columns.lowerBound, $1.row) }
    ]
    if (3...Self.mostRunsToVisit).contains(group.count) {
      orders.append(start.nearestFirst(group, of: frame))
    }
    for order in orders {
      var pen = start
      pen.draw(order, of: frame)
      if pen.bytes.count < best.bytes.count { best = pen }
    }
    return best
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
