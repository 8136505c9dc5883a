/// How long clusters are packed in all ways.
struct PackingEffort: Sendable {
  /// Most squares of a cluster that is packed so; larger ones get a skyline alone.
  var mostSquares = 7
  /// Steps for each width.
  var steps = 300

  /// Items in all up to which much is done.
  static let fewItems = 24

  /// Effort for that many items in all: few deserve much.
  init(itemCount: Int) {
    if itemCount <= Self.fewItems { (mostSquares, steps) = (10, 5_000) }
  }
}

/// The boxes one cluster fits into, with a packing for each.
struct GroupShapes: Sendable {
  /// Sides in grid units, large to small.
  let sides: [Int]
  let curve: ShapeCurve
  private let effort: PackingEffort
  /// Width and height of each packing found, by rising width and falling height.
  private let boxes: [(width: Int, height: Int)]

  /// - Complexity: about 60 strip packings.
  init(sides: [Int], width: Int, height: Int, effort: PackingEffort) {
    self.sides = sides
    self.effort = effort
    var curve = ShapeCurve(width: width, height: height)
    var boxes: [(width: Int, height: Int)] = []
    for strip in Self.widths(sides, most: width) {
      guard let packed = Self.pack(sides, width: strip, effort) else { continue }
      if packed.height <= height, packed.height < boxes.last?.height ?? .max {
        boxes.append((strip, packed.height))
        curve.add(width: strip, height: packed.height)
      }
    }
    curve.close()
    self.curve = curve
    self.boxes = boxes
  }

  private static func pack(
    _ sides: [Int], width: Int, _ effort: PackingEffort
  ) -> (places: [(x: Int, y: Int)], height: Int)? {
    sides.count <= effort.mostSquares
      ? SmallPacking.pack(sides, width: width, stepLimit: effort.steps)
      : Skyline.pack(sides, width: width)
  }

  /// Places of the squares within a box of that size, which must fit.
  func places(width: Int, height: Int) -> [(x: Int, y: Int)] {
    let box = boxes.last { $0.width <= width && $0.height <= height }
    return box.flatMap { Self.pack(sides, width: $0.width, effort)?.places } ?? []
  }

  /// Widths worth trying, ascending: all for narrow canvases and few squares; else around the
  /// square box, whole numbers of the first squares, and of the median one.
  private static func widths(_ sides: [Int], most: Int) -> [Int] {
    guard let largest = sides.first, largest <= most else { return [] }
    let widest = min(most, sides.reduce(0, +))
    if sides.count <= 64, widest - largest <= 96 { return Array(largest...widest) }
    let edge = Double(sides.reduce(0) { $0 + $1 * $1 }).squareRoot()
    var widths: [Int] = []
    var factor = 0.3
    while factor < 3.4 {
      widths.append(Int((edge * factor).rounded()))
      factor *= 1.07
    }
    var sum = 0
    for side in sides.prefix(14) {
      sum += side
      widths.append(sum)
    }
    for count in 1...14 { widths.append(count * sides[sides.count / 2]) }
    var last = 0
    return widths.sorted().filter { width in
      defer { last = width }
      return width != last && width >= largest && width <= widest
    }
  }
}
