/// The few nearest of every item, nearest first.
///
/// Equally near items are taken in the order in which they follow the item, round the end, and at
/// most three of them while there are others. So the lists of many equal items do not all name the
/// same few, and reach beyond them.
struct NeighborLists: Sendable {
  /// Distances up to this are none: rounding.
  private static let noDistance: Float = 1e-6
  /// Most neighbours at one distance, where there are others.
  private static let mostEqual = 3

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
    let values = distances.values.span
    for row in 0..<count {
      let mine = values.extracting(row * distances.stride..<row * distances.stride + count)
      var nearest = Nearest(width: width)
      for rule in Crowding.allCases {
        nearest = Nearest(width: width)
        nearest.take(mine, row + 1..<count, rule)
        nearest.take(mine, 0..<row, rule)
        if nearest.worst < .infinity { break }
      }
      items.append(contentsOf: nearest.items)
      lengths.append(contentsOf: nearest.lengths)
    }
  }

  /// Of which items at most three are taken: of all that are equally near, only of those at no
  /// distance, or of none.
  private enum Crowding: CaseIterable {
    case everywhere
    case atNoDistance
    case nowhere
  }

  /// The nearest seen so far.
  private struct Nearest {
    var items: [Int32]
    var lengths: [Float]
    var worst = Float.infinity

    init(width: Int) {
      items = Array(repeating: 0, count: width)
      lengths = Array(repeating: .infinity, count: width)
    }

    mutating func take(_ row: Span<Float>, _ range: Range<Int>, _ rule: Crowding) {
      for other in range where row[other] < worst && !isCrowded(row[other], rule) {
        insert(other, row[other])
      }
    }

    private func isCrowded(_ length: Float, _ rule: Crowding) -> Bool {
      let isNone = length <= NeighborLists.noDistance
      if rule == .nowhere || rule == .atNoDistance && !isNone { return false }
      let equal = lengths.count { isNone ? $0 <= NeighborLists.noDistance : $0 == length }
      return equal >= NeighborLists.mostEqual
    }

    mutating func insert(_ item: Int, _ length: Float) {
      var place = items.count - 1
      while place > 0, lengths[place - 1] > length {
        lengths[place] = lengths[place - 1]
        items[place] = items[place - 1]
        place -= 1
      }
      lengths[place] = length
      items[place] = Int32(truncatingIfNeeded: item)
      worst = lengths[items.count - 1]
    }
  }

  /// The lists of items put in another order and given potentials, with one more item, the last,
  /// which is at distance 0 from all: the nearest among the neighbours in `source`.
  ///
  /// - Parameters:
  ///   - order: Item of `source` at each place; lists are by place.
  ///   - potentials: Of each place; a distance grows by those of its ends.
  ///   - width: Neighbours kept, at most those of `source` and one.
  /// - Complexity: O(*n* · width²).
  init(closing source: NeighborLists, order: [Int], potentials: [Double], width wanted: Int) {
    let count = order.count
    width = max(0, min(wanted, source.width + 1, count))
    items = []
    lengths = []
    guard width > 0 else { return }
    var places = Array(repeating: 0, count: count)
    for (place, item) in order.enumerated() { places[item] = place }
    let shifts = potentials.map { Float($0) }
    for place in 0..<count {
      var nearest = Nearest(width: width)
      for rank in 0..<source.width {
        let item = order[place]
        let other = places[source[item, rank]]
        let length = source.lengths[item * source.width + rank] + (shifts[place] + shifts[other])
        if length < nearest.worst { nearest.insert(other, length) }
      }
      if shifts[place] < nearest.worst { nearest.insert(count, shifts[place]) }
      items.append(contentsOf: nearest.items)
      lengths.append(contentsOf: nearest.lengths)
    }
    var nearest = Nearest(width: width)
    for place in 0..<count where shifts[place] < nearest.worst {
      nearest.insert(place, shifts[place])
    }
    items.append(contentsOf: nearest.items)
    lengths.append(contentsOf: nearest.lengths)
  }

  /// The neighbour of `item` at `place`, 0 being the nearest.
  @inline(__always)
  subscript(item: Int, place: Int) -> Int { Int(items[item * width + place]) }

  /// Distance from `item` to its neighbour at `place`.
  @inline(__always)
  func length(_ item: Int, _ place: Int) -> Double { Double(lengths[item * width + place]) }
}
