/// Where the terminal's cursor is, how it writes, and the bytes that brought it there.
struct Pen {
  private(set) var bytes: [UInt8] = []
  private var place: (row: Int, column: Int)?
  private var rendition = GraphicRendition()
  /// Whether the terminal erases cells in the ground that was chosen, not in its own.
  private let erasesInColor: Bool

  init(erasesInColor: Bool = false) { self.erasesInColor = erasesInColor }

  mutating func clearScreen() {
    bytes += "\u{1B}[m\u{1B}[H\u{1B}[2J".utf8
    place = (0, 0)
  }

  /// One that goes on where this one is, with nothing written yet.
  var onward: Pen {
    var pen = self
    pen.bytes = []
    return pen
  }

  /// Writes what one that went on from here wrote.
  mutating func append(_ other: Pen) {
    bytes += other.bytes
    (place, rendition) = (other.place, other.rendition)
  }

  /// Makes room for a frame's changes.
  mutating func reserve(_ runCount: Int) {
    bytes.reserveCapacity(bytes.count + 40 * runCount)
  }

  /// Has the terminal move rows; what becomes free is blank in its own colours.
  mutating func shift(_ shift: SidewaysShift) {
    reset()
    for row in shift.rows {
      move(row, 0)
      beginSequence(&bytes)
      writeDigits(abs(shift.distance), &bytes)
      bytes += (shift.distance > 0 ? "P" : "@").utf8
    }
  }

  /// Draws runs in their order.
  mutating func draw(_ runs: [ChangedRun], of frame: CellGrid) {
    for (index, run) in runs.enumerated() {
      let next = index + 1 < runs.count ? runs[index + 1] : nil
      if run.isErasure {
        erase(run)
      } else if isShorterErased(run, before: next, in: frame.width) {
        eraseCells(of: run)
      } else {
        draw(run, of: frame)
      }
    }
  }

  mutating func reset() {
    rendition.change(to: GraphicRendition(), writing: &bytes)
  }

  private mutating func draw(_ run: ChangedRun, of frame: CellGrid) {
    for column in run.columns {
      let glyph = frame.cells[run.row * frame.width + column].glyph
      guard glyph != Cell.continuation else { continue }
      if place == nil || column == run.columns.lowerBound { move(run.row, column) }
      if !rendition.suits(glyph, run.rendition) {
        rendition.change(to: rendition.kept(under: glyph, run.rendition), writing: &bytes)
      }
      write(glyph)
      let next = column + glyph.cellWidth
      // After the last column terminals differ; about the width of letters beyond Latin, too.
      let isSure = glyph.value < 0x300 || glyph.isLineOrBlock
      place = isSure && next < frame.width ? (run.row, next) : nil
    }
  }

  private mutating func write(_ glyph: Unicode.Scalar) {
    if glyph.isASCII {
      bytes.append(UInt8(truncatingIfNeeded: glyph.value))
    } else if let encoded = Unicode.UTF8.encode(glyph) {
      bytes.append(contentsOf: encoded)
    }
  }

  /// Blanks the rest of a row in the terminal's own colours.
  private mutating func erase(_ run: ChangedRun) {
    move(run.row, run.columns.lowerBound)
    if !rendition.suits(" ", GraphicRendition()) { reset() }
    bytes += "\u{1B}[K".utf8
    place = (run.row, run.columns.lowerBound)
  }

  /// Whether blanks take fewer bytes when the terminal fills them in, which leaves the cursor where
  /// they begin (ECMA-48, erase character).
  private func isShorterErased(_ run: ChangedRun, before next: ChangedRun?, in width: Int) -> Bool {
    guard run.isBlank, run.rendition.background == .own || erasesInColor,
      run.rendition.attributes.isDisjoint(with: [.underline, .reverse])
    else { return false }
    let (written, erased) = (run.columns.count, 3 + digitCount(run.columns.count))
    guard let next else { return erased < written }
    let goal = (next.row, next.columns.lowerBound)
    let end = run.columns.upperBound < width ? (run.row, run.columns.upperBound) : nil
    return erased + moveLength(from: (run.row, run.columns.lowerBound), to: goal)
      < written + moveLength(from: end, to: goal)
  }

  private mutating func eraseCells(of run: ChangedRun) {
    move(run.row, run.columns.lowerBound)
    if !rendition.suits(" ", run.rendition) {
      rendition.change(to: rendition.kept(under: " ", run.rendition), writing: &bytes)
    }
    beginSequence(&bytes)
    writeDigits(run.columns.count, &bytes)
    bytes.append(UInt8(ascii: "X"))
    place = (run.row, run.columns.lowerBound)
  }

  /// Runs one after the other so that the next is always among the nearest; ties to the earlier.
  ///
  /// - Complexity: O(*n*²).
  func nearestFirst(_ runs: [ChangedRun], of frame: CellGrid) -> [ChangedRun] {
    var (left, ordered, pen) = (Array(runs.indices), [ChangedRun](), self)
    let starts = runs.map { (row: $0.row, column: $0.columns.lowerBound) }
    while !left.isEmpty {
      var (best, fewest) = (0, Int.max)
      for (index, run) in left.enumerated() {
        let bytes = moveLength(from: pen.place, to: starts[run])
        if bytes < fewest { (best, fewest) = (index, bytes) }
        if bytes == 0 { break }
      }
      let run = runs[left.remove(at: best)]
      ordered.append(run)
      pen.place =
        run.isErasure || isShorterErased(run, before: nil, in: frame.width)
        ? (run.row, run.columns.lowerBound)
        : run.columns.upperBound < frame.width ? (run.row, run.columns.upperBound) : nil
    }
    return ordered
  }

  /// Bytes that ``move(_:_:)`` writes.
  private func moveLength(
    from place: (row: Int, column: Int)?, to goal: (row: Int, column: Int)
  ) -> Int {
    let absolute = 4 + digitCount(goal.row + 1) + digitCount(goal.column + 1)
    guard let place else { return absolute }
    let right = goal.column - place.column
    let steps =
      rowStepLength(goal.row - place.row) + min(stepLength(right), right < 0 ? -right : .max)
    return min(steps, absolute)
  }

  /// The shortest way: steps from where the cursor is, or the place by its numbers.
  private mutating func move(_ row: Int, _ column: Int) {
    if let place {
      if place == (row, column) { return }
      let (down, right) = (row - place.row, column - place.column)
      let steps = rowStepLength(down) + min(stepLength(right), right < 0 ? -right : .max)
      if steps < 4 + digitCount(row + 1) + digitCount(column + 1) {
        stepRows(down)
        if right < 0, -right <= stepLength(right) {
          bytes += repeatElement(0x08, count: -right)
        } else {
          step(right, "C", "D")
        }
        return
      }
    }
    beginSequence(&bytes)
    writeNumber(row + 1, &bytes)
    writeDigits(column + 1, &bytes)
    bytes.append(UInt8(ascii: "H"))
  }

  /// Bytes of a step of `count` rows.
  private func rowStepLength(_ count: Int) -> Int {
    (-1...3).contains(count) ? (count < 0 ? 2 : count) : stepLength(count)
  }

  /// Line feeds and reverse indices are shorter than what asks for a step; only at the edges of
  /// the screen would they move what it shows.
  private mutating func stepRows(_ count: Int) {
    switch count {
    case -1: bytes += [0x1B, UInt8(ascii: "M")]
    case 0...3: bytes += repeatElement(0x0A, count: count)
    default: step(count, "B", "A")
    }
  }

  /// Bytes of a step of `count` cells.
  private func stepLength(_ count: Int) -> Int {
    count == 0 ? 0 : abs(count) == 1 ? 3 : 3 + digitCount(abs(count))
  }

  private mutating func step(_ count: Int, _ forth: Unicode.Scalar, _ back: Unicode.Scalar) {
    guard count != 0 else { return }
    beginSequence(&bytes)
    if abs(count) > 1 { writeDigits(abs(count), &bytes) }
    write(count > 0 ? forth : back)
  }

  private func digitCount(_ number: Int) -> Int {
    number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : number < 10_000 ? 4 : 5
  }
}
