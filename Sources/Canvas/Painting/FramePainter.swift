/// What a frame is painted over, and a pen that has done what leads there.
private struct PaintingBase {
  var shown: CellGrid
  var pen: Pen
}

/// Writes frames as escape sequences that change only what differs from the frame before, for
/// terminals with 256 or direct colours (ECMA-48 and xterm, which all of those understand).
package struct FramePainter {
  private let tier: DisplayTier
  private let erasesInColor: Bool
  /// What is on the screen; nil when that is not known.
  package private(set) var shown: CellGrid?
  /// A frame that may be next, as it is settled, and what it would take.
  private var foreseen: (frame: CellGrid, bytes: [UInt8])?
  /// Whether the last frame shows pictures coarsely, or not yet.
  package private(set) var isUnfinished = false

  /// A frame of more runs or bytes is a screen of pictures, for which trying orders saves little.
  private static let mostRunsToArrange = 1500
  private static let mostBytesToArrange = 24_000

  /// Of more runs of one look, the way from each to the nearest takes too long to find.
  private static let mostRunsToVisit = 200
  /// A frame of fewer bytes is not worth looking for rows that moved, one of more is another screen.
  private static let bytesToShift = 3_000...60_000

  /// - Parameters:
  ///   - erasesInColor: Whether the terminal erases cells in the ground that was chosen; most do,
  ///     few say so.
  ///   - shown: What is on the screen.
  package init(tier: DisplayTier, erasesInColor: Bool = false, showing shown: CellGrid? = nil) {
    self.tier = tier
    self.erasesInColor = erasesInColor
    self.shown = shown
  }

  /// The screen no longer shows what it was given: the next frame is painted whole.
  package mutating func forgetScreen() {
    (shown, foreseen) = (nil, nil)
  }

  /// Has the next frame ready if it is this one.
  package mutating func foresee(_ frame: CellGrid) {
    let frame = frame.settled(glyphs: tier.glyphs)
    foreseen = (frame, painted(frame).bytes)
  }

  /// The bytes that bring the screen from the last frame to this one. Before and after, the
  /// rendition is plain.
  ///
  /// - Parameter budget: Where a frame would take more bytes, pictures that are not on the screen
  ///   yet are shown as coarsely as they have to be, and ``isUnfinished`` says so; nil paints all.
  ///   Text, values and boxes are always painted, edges between panes where coarse pictures do.
  /// - Complexity: O(cells).
  package mutating func paint(_ frame: CellGrid, budget: Int? = nil) -> [UInt8] {
    let frame = frame.settled(glyphs: tier.glyphs)
    isUnfinished = false
    if let foreseen, foreseen.frame == frame, foreseen.bytes.count <= budget ?? .max {
      (shown, self.foreseen) = (frame, nil)
      return foreseen.bytes
    }
    foreseen = nil
    let (bytes, base) = painted(frame, isMove: budget != nil)
    if let budget, bytes.count > budget, let sketch = sketched(frame, over: base, budget: budget) {
      (shown, isUnfinished) = (sketch.frame, true)
      return sketch.bytes
    }
    shown = frame
    return bytes
  }

  /// The frame with its new pictures as fine as fit, and without new edges where not even that
  /// does; nil where nothing can be left out.
  private func sketched(
    _ frame: CellGrid, over base: PaintingBase, budget: Int
  ) -> (frame: CellGrid, bytes: [UInt8])? {
    let sketch = withCoarsePictures(frame, over: base, budget: budget)
    if let sketch, sketch.bytes.count <= budget { return sketch }
    let bare = frame.withoutNewEdges(since: base.shown)
    guard bare != frame else { return sketch }
    return withCoarsePictures(bare, over: base, budget: budget)
      ?? (bare, painted(bare, over: base, thoroughly: true))
  }

  /// The frame with its new pictures in the finest tiles of which all fit; else in one colour each,
  /// and those at the end blank. Nil without new pictures.
  private func withCoarsePictures(
    _ frame: CellGrid, over base: PaintingBase, budget: Int
  ) -> (frame: CellGrid, bytes: [UInt8])? {
    let sketch = Sketch(frame, since: base.shown, tier: tier)
    guard sketch.count > 0 else { return nil }
    func attempt(_ grid: CellGrid) -> (frame: CellGrid, bytes: [UInt8]) {
      (grid, painted(grid, over: base, thoroughly: true))
    }
    var (finest, coarsest) = (0, SketchTile.all.count - 1)
    let coarse = attempt(sketch.drawn(in: SketchTile.all[coarsest]))
    guard coarse.bytes.count <= budget else {
      let blank = attempt(sketch.drawn(in: SketchTile.all[coarsest], count: 0))
      let room = max(0, budget - blank.bytes.count)
      let count = sketch.count * room / max(1, coarse.bytes.count - blank.bytes.count)
      // Pictures differ in what their cells take.
      for part in [1, 2, 4] where count >= part {
        let some = attempt(sketch.drawn(in: SketchTile.all[coarsest], count: count / part))
        if some.bytes.count <= budget { return some }
      }
      return blank
    }
    var best = coarse
    while finest < coarsest {
      let middle = (finest + coarsest) / 2
      let some = attempt(sketch.drawn(in: SketchTile.all[middle]))
      if some.bytes.count <= budget {
        (best, coarsest) = (some, middle)
      } else {
        finest = middle + 1
      }
    }
    return best
  }

  /// What brings the screen to a frame, and what it is painted over.
  ///
  /// - Parameter isMove: Whether it is known to be no other screen, however many bytes it takes.
  private func painted(
    _ frame: CellGrid, isMove: Bool = false
  ) -> (bytes: [UInt8], base: PaintingBase) {
    let isKnown = shown?.height == frame.height && shown?.width == frame.width
    let blank = CellGrid(height: frame.height, width: frame.width)
    var base = PaintingBase(
      shown: isKnown ? shown ?? blank : blank, pen: Pen(erasesInColor: erasesInColor))
    if !isKnown { base.pen.clearScreen() }
    let bytes = painted(frame, over: base)
    let range = Self.bytesToShift
    guard isKnown, range.lowerBound <= bytes.count, isMove || bytes.count <= range.upperBound,
      let shift = frame.sidewaysShift(since: base.shown)
    else { return (bytes, base) }
    var moved = PaintingBase(shown: base.shown.shifted(shift), pen: base.pen)
    moved.pen.shift(shift)
    let shifted = painted(frame, over: moved)
    return shifted.count < bytes.count ? (shifted, moved) : (bytes, base)
  }

  /// What brings what is shown to `frame`, and what the pen wrote before.
  ///
  /// - Parameter thoroughly: Whether each byte counts, and not the time.
  private func painted(
    _ frame: CellGrid, over base: PaintingBase, thoroughly: Bool = false
  ) -> [UInt8] {
    var pen = base.pen
    let runs = frame.changedRuns(since: base.shown, colors: tier.colors)
    pen.reserve(runs.count)
    pen.draw(runs, of: frame)
    pen.reset()
    let isWorthIt =
      runs.count <= Self.mostRunsToArrange && pen.bytes.count <= Self.mostBytesToArrange
    if isWorthIt || thoroughly && runs.count <= 2 * Self.mostRunsToArrange {
      let arranged = arranged(runs, of: frame, with: base.pen)
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
