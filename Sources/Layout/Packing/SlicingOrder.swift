/// Boxes in a row of groups, cut in two again and again, one part on the other or beside it.
///
/// Up to 32 groups every way to cut is considered, by dynamic programming over runs of the row;
/// above, cuts halve the area. Groups that are near in the row end near on the canvas.
struct SlicingOrder {
  /// Most groups cut in every way.
  static let mostExact = 32

  private let shapes: [GroupShapes]
  private let order: [Int]
  private let width: Int
  private let height: Int
  /// Curve of each run, by `first * (count + 1) + end`; nil where no cut makes it.
  private var curves: [ShapeCurve?]

  /// - Parameter order: Groups in the row, as indices of `shapes`.
  /// - Complexity: O(groups³ · (width + height)) up to 32 groups, O(groups · …) above.
  init(_ shapes: [GroupShapes], order: [Int], width: Int, height: Int) {
    self.shapes = shapes
    self.order = order
    self.width = width
    self.height = height
    let count = order.count
    curves = Array(repeating: nil, count: (count + 1) * (count + 1))
    for (place, group) in order.enumerated() {
      curves[index(place, place + 1)] = shapes[group].curve
    }
    if count <= Self.mostExact {
      for length in 2..<max(2, count + 1) {
        for first in 0...count - length { join(first, first + length) }
      }
    } else {
      for run in halvedRuns().reversed() { join(run.lowerBound, run.upperBound) }
    }
  }

  private func index(_ first: Int, _ end: Int) -> Int { first * (order.count + 1) + end }

  private mutating func join(_ first: Int, _ end: Int) {
    var curve = ShapeCurve(width: width, height: height)
    for cut in first + 1..<end {
      if let one = curves[index(first, cut)], let other = curves[index(cut, end)] {
        curve.add(one, other)
      }
    }
    curve.close()
    curves[index(first, end)] = curve
  }

  /// Runs of more than one group, each before its parts.
  private func halvedRuns() -> [Range<Int>] {
    let areas = order.map { group in shapes[group].sides.reduce(0) { $0 + $1 * $1 } }
    var runs: [Range<Int>] = []
    var waiting = [0..<order.count]
    while let run = waiting.popLast() {
      if run.count < 2 { continue }
      runs.append(run)
      let total = areas[run].reduce(0, +)
      var (sum, cut, least) = (0, run.lowerBound + 1, Int.max)
      for place in run.dropLast() {
        sum += areas[place]
        if (2 * sum - total).magnitude < least.magnitude {
          (least, cut) = (2 * sum - total, place + 1)
        }
      }
      waiting.append(run.lowerBound..<cut)
      waiting.append(cut..<run.upperBound)
    }
    return runs
  }

  /// Whether everything fits the canvas.
  var fits: Bool {
    order.isEmpty || curves[index(0, order.count)]?.fits ?? false
  }

  /// A box for each group, as (group, x, y, width, height); empty when not everything fits.
  func boxes() -> [(group: Int, x: Int, y: Int, width: Int, height: Int)] {
    guard fits, !order.isEmpty else { return [] }
    var result: [(group: Int, x: Int, y: Int, width: Int, height: Int)] = []
    var waiting = [Part(first: 0, end: order.count, x: 0, y: 0, width: width, height: height)]
    while let part = waiting.popLast() {
      if part.end - part.first == 1 {
        result.append((order[part.first], part.x, part.y, part.width, part.height))
      } else if let (one, other) = halves(of: part) {
        waiting.append(other)
        waiting.append(one)
      }
    }
    return result
  }

  private struct Part {
    var first: Int
    var end: Int
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  /// The first cut whose parts fit, stacked before side by side.
  private func halves(of part: Part) -> (Part, Part)? {
    for cut in part.first + 1..<part.end {
      guard let one = curves[index(part.first, cut)], let other = curves[index(cut, part.end)]
      else { continue }
      var (head, tail) = (part, part)
      (head.end, tail.first) = (cut, cut)
      let upper = one.heights[part.width]
      if upper + other.heights[part.width] <= part.height {
        head.height = upper
        tail.y += upper
        tail.height -= upper
        return (head, tail)
      }
      let left = one.widths[part.height]
      if left + other.widths[part.height] <= part.width {
        head.width = left
        tail.x += left
        tail.width -= left
        return (head, tail)
      }
    }
    return nil
  }
}
