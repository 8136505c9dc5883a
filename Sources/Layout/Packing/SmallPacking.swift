/// The lowest packing of a few squares in a strip, by trying all.
///
/// Depth-first in the manner of E. Huang, R. E. Korf, "Optimal Rectangle Packing: An Absolute
/// Placement Approach", JAIR 46, 2013, doi:10.1613/jair.3735, but growing a skyline: its lowest
/// place takes one of the squares left, or stays empty up to the lower of its neighbours.
struct SmallPacking {
  private let sides: [Int]
  private let width: Int
  /// Height of the skyline in each column.
  private var columns: [Int]
  private var isPlaced: [Bool]
  private var places: [(x: Int, y: Int)]
  private var best: (places: [(x: Int, y: Int)], height: Int)
  /// Area of all squares.
  private let area: Int
  /// No packing is lower: the area, and the two largest squares when they can't stand abreast.
  private let leastHeight: Int
  private let stepLimit: Int
  private var steps = 0

  /// Places of `sides` (large to small) and the height they need; nil when one is too wide.
  ///
  /// - Complexity: exponential; ends after `stepLimit` steps with the best found.
  static func pack(
    _ sides: [Int], width: Int, stepLimit: Int
  ) -> (places: [(x: Int, y: Int)], height: Int)? {
    guard let start = Skyline.pack(sides, width: width), !sides.isEmpty else { return nil }
    var search = SmallPacking(sides, width, start, stepLimit)
    search.extend(count: 0, height: 0, waste: 0)
    return search.best
  }

  private init(
    _ sides: [Int], _ width: Int, _ start: (places: [(x: Int, y: Int)], height: Int),
    _ stepLimit: Int
  ) {
    self.stepLimit = stepLimit
    self.sides = sides
    self.width = width
    columns = Array(repeating: 0, count: width)
    isPlaced = Array(repeating: false, count: sides.count)
    places = Array(repeating: (0, 0), count: sides.count)
    best = start
    area = sides.reduce(0) { $0 + $1 * $1 }
    let stacked = sides.count > 1 && sides[0] + sides[1] > width ? sides[0] + sides[1] : sides[0]
    leastHeight = max((area + width - 1) / width, stacked)
  }

  /// - Parameter waste: Area left empty below the skyline.
  private mutating func extend(count: Int, height: Int, waste: Int) {
    steps += 1
    if height >= best.height || best.height == leastHeight || steps > stepLimit { return }
    if area + waste > width * (best.height - 1) { return }
    if count == sides.count {
      best = (places, height)
      return
    }
    let (x, y, room) = lowestPlace()
    var before = 0
    for index in sides.indices where !isPlaced[index] && sides[index] != before {
      before = sides[index]
      guard before <= room, y + before < best.height else { continue }
      isPlaced[index] = true
      places[index] = (x, y)
      setLevel(y + before, x..<x + before)
      extend(count: count + 1, height: max(height, y + before), waste: waste)
      setLevel(y, x..<x + before)
      isPlaced[index] = false
    }
    leaveEmpty(count, height, waste, x, y, room)
  }

  private mutating func leaveEmpty(
    _ count: Int, _ height: Int, _ waste: Int, _ x: Int, _ y: Int, _ room: Int
  ) {
    let left = x > 0 ? columns[x - 1] : Int.max
    let right = x + room < width ? columns[x + room] : Int.max
    let level = min(left, right)
    guard level < best.height else { return }
    setLevel(level, x..<x + room)
    extend(count: count, height: height, waste: waste + room * (level - y))
    setLevel(y, x..<x + room)
  }

  private mutating func setLevel(_ level: Int, _ range: Range<Int>) {
    var columns = self.columns.mutableSpan
    for column in range { columns[column] = level }
  }

  /// The leftmost of the lowest stretches.
  private func lowestPlace() -> (x: Int, y: Int, room: Int) {
    let columns = self.columns.span
    var (x, y) = (0, Int.max)
    for column in columns.indices where columns[column] < y { (x, y) = (column, columns[column]) }
    var end = x
    while end < columns.count, columns[end] == y { end += 1 }
    return (x, y, end - x)
  }
}
