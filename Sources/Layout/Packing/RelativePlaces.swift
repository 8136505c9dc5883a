/// Which rectangles stand left of others and which above them, kept while their sizes change.
///
/// Every pair that does not overlap is apart along an axis; holding on to the axis with more room
/// between them is enough to keep all apart, as in constraint graphs of floorplans (R. H. J. M.
/// Otten, "Automatic Floorplan Design", DAC 1982, doi:10.1109/DAC.1982.1585510).
struct RelativePlaces {
  /// A rectangle, in any unit.
  struct Rectangle {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  private let across: AxisOrder
  private let down: AxisOrder

  /// Nil when two of them overlap.
  ///
  /// - Complexity: O(rectangles²).
  init?(_ rectangles: [Rectangle]) {
    var left = Array(repeating: [Int](), count: rectangles.count)
    var above = left
    for (index, one) in rectangles.enumerated() {
      for (number, other) in rectangles.enumerated().dropFirst(index + 1) {
        let across = max(other.x - one.x - one.width, one.x - other.x - other.width)
        let down = max(other.y - one.y - one.height, one.y - other.y - other.height)
        if max(across, down) < 0 { return nil }
        if across >= down {
          if one.x < other.x { left[number].append(index) } else { left[index].append(number) }
        } else if one.y < other.y {
          above[number].append(index)
        } else {
          above[index].append(number)
        }
      }
    }
    across = AxisOrder(starts: rectangles.map(\.x), before: left)
    down = AxisOrder(starts: rectangles.map(\.y), before: above)
  }

  /// The least room they take with other sizes.
  func room(widths: [Int], heights: [Int]) -> (width: Int, height: Int) {
    (across.room(widths), down.room(heights))
  }

  /// Places as near to those wanted as the order and the room allow; the room must be enough.
  func places(
    widths: [Int], heights: [Int], wanted: [(x: Int, y: Int)], width: Int, height: Int
  ) -> [(x: Int, y: Int)] {
    let x = across.starts(widths, wanted: wanted.map(\.x), room: width)
    let y = down.starts(heights, wanted: wanted.map(\.y), room: height)
    return zip(x, y).map { ($0, $1) }
  }
}

/// Stretches along one axis, some of which end before others begin.
private struct AxisOrder {
  /// All stretches, each behind those before it.
  private let order: [Int]
  /// Stretches that end before each begins.
  private let before: [[Int]]

  init(starts: [Int], before: [[Int]]) {
    order = starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    self.before = before
  }

  /// The least room that holds all.
  func room(_ lengths: [Int]) -> Int {
    var ends = lengths
    for stretch in order {
      ends[stretch] += before[stretch].map { ends[$0] }.max() ?? 0
    }
    return ends.max() ?? 0
  }

  /// Where each begins: where it is wanted, but behind those before it and early enough for the
  /// rest.
  func starts(_ lengths: [Int], wanted: [Int], room: Int) -> [Int] {
    var latest = lengths.map { room - $0 }
    for stretch in order.reversed() {
      for earlier in before[stretch] {
        latest[earlier] = min(latest[earlier], latest[stretch] - lengths[earlier])
      }
    }
    var starts = Array(repeating: 0, count: lengths.count)
    for stretch in order {
      let earliest = before[stretch].map { starts[$0] + lengths[$0] }.max() ?? 0
      starts[stretch] = max(earliest, min(wanted[stretch], latest[stretch]))
    }
    return starts
  }
}
