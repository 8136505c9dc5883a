/// The few nearest of every item, nearest first, the lower item first among equals.
struct NeighborLists: Sendable {
  /// Neighbours of each item.
  let width: Int
  /// Items, `width` of them for each item.
  private(set) var items: [Int32]
  /// Distances to them.
  private(set) var lengths: [Float]

  /// - Complexity: O(*n*² + *n* · width²).
  init(_ distances: SquareDistances, width wanted: Int) {
    let count = distances.count
    width = max(0, min(wanted, count - 1))
    items = []
    lengths = []
    items.reserveCapacity(count * width)
    lengths.reserveCapacity(count * width)
    guard width > 0 else { return }
    var nearest = Array(repeating: Float.infinity, count: width)
    var found = Array(repeating: Int32(0), count: width)
    let values = distances.values.span
    for row in 0..<count {
      let mine = values.extracting(row * distances.stride..<row * distances.stride + count)
      for place in 0..<width { nearest[place] = .infinity }
      var worst = Float.infinity
      for other in mine.indices where mine[other] < worst {
        var place = width - 1
        while place > 0, nearest[place - 1] > mine[other] {
          nearest[place] = nearest[place - 1]
          found[place] = found[place - 1]
          place -= 1
        }
        nearest[place] = mine[other]
        found[place] = Int32(truncatingIfNeeded: other)
        worst = nearest[width - 1]
      }
      items.append(contentsOf: found)
      lengths.append(contentsOf: nearest)
    }
  }

  /// The neighbour of `item` at `place`, 0 being the nearest.
  @inline(__always)
  subscript(item: Int, place: Int) -> Int { Int(items[item * width + place]) }

  /// Distance from `item` to its neighbour at `place`.
  @inline(__always)
  func length(_ item: Int, _ place: Int) -> Double { Double(lengths[item * width + place]) }
}
