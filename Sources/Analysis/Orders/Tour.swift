/// A closed tour as an array, with reversals that can be taken back.
///
/// Lengths of the tour's own edges stand beside the items: looking them up in the table of
/// distances would miss the cache nearly every time.
struct Tour {
  let distances: SquareDistances
  /// Item at each place.
  private(set) var items: [Int32]
  /// Distance from the item at each place to the next.
  private(set) var ahead: [Float]
  /// Place of each item.
  private var places: [Int32]
  /// Reversals since the last ``keep()``, as places.
  private var log: [(Int, Int)] = []

  /// The tour 0, 1, 2… and back.
  init(_ distances: SquareDistances) {
    let count = distances.count
    self.distances = distances
    items = (0..<count).map { Int32(truncatingIfNeeded: $0) }
    places = items
    ahead = (0..<count).map { distances[$0, $0 + 1 == count ? 0 : $0 + 1] }
  }

  var count: Int { items.count }

  /// Reversals that ``takeBack(to:)`` can undo.
  var logCount: Int { log.count }

  @inline(__always)
  func item(at place: Int) -> Int { Int(items[place]) }

  @inline(__always)
  func place(of item: Int) -> Int { Int(places[item]) }

  @inline(__always)
  func next(_ item: Int) -> Int {
    let place = Int(places[item]) + 1
    return Int(items[place == items.count ? 0 : place])
  }

  @inline(__always)
  func previous(_ item: Int) -> Int {
    let place = Int(places[item])
    return Int(items[place == 0 ? items.count - 1 : place - 1])
  }

  /// The neighbour of an item in one direction, and the distance to it.
  @inline(__always)
  func step(from item: Int, backward: Bool) -> (item: Int, length: Double) {
    let place = Int(places[item])
    if backward {
      let before = place == 0 ? items.count - 1 : place - 1
      return (Int(items[before]), Double(ahead[before]))
    }
    return (Int(items[place + 1 == items.count ? 0 : place + 1]), Double(ahead[place]))
  }

  /// Whether `place` is on the way from place `first` to place `last`, both included.
  @inline(__always)
  func stretch(_ first: Int, _ last: Int, contains place: Int) -> Bool {
    first <= last ? place >= first && place <= last : place >= first || place <= last
  }

  /// Makes the next reversals the first that can be taken back.
  mutating func keep() {
    log.removeAll(keepingCapacity: true)
  }

  /// Undoes reversals until `count` are left in the log.
  mutating func takeBack(to count: Int) {
    while log.count > count, let (first, last) = log.popLast() { turn(first, last) }
  }

  /// Reverses the stretch from place `first` to place `last`, going forward.
  mutating func reverse(_ first: Int, _ last: Int) {
    turn(first, last)
    log.append((first, last))
  }

  /// Reverses the stretch between two items that are near each other, whichever comes first.
  mutating func reverse(block one: Int, _ other: Int) {
    let (first, last) = (place(of: one), place(of: other))
    let forth = last >= first ? last - first : last - first + count
    let back = first >= last ? first - last : first - last + count
    if forth <= back { reverse(first, last) } else { reverse(last, first) }
  }

  /// Reverses the stretch or, if that is shorter, the rest; the same tour either way.
  private mutating func turn(_ first: Int, _ last: Int) {
    let all = items.count
    var (low, high) = (first, last)
    var length = last >= first ? last - first + 1 : last - first + all + 1
    if length * 2 > all {
      (low, high) = (last + 1 == all ? 0 : last + 1, first == 0 ? all - 1 : first - 1)
      length = all - length
    }
    if length < 2 { return }
    replaceLengths(low, high)
    if low <= high {
      Self.reverse(&items, low, high)
      Self.reverse(&ahead, low, high - 1)
      Self.note(low, high, items, &places)
    } else {
      turnRoundTheEnd(low, high, steps: length)
    }
  }

  /// Replaces the lengths at the ends of a stretch that is about to turn.
  private mutating func replaceLengths(_ first: Int, _ last: Int) {
    let before = first == 0 ? items.count - 1 : first - 1
    let after = last + 1 == items.count ? 0 : last + 1
    ahead[before] = distances[Int(items[before]), Int(items[last])]
    ahead[last] = distances[Int(items[after]), Int(items[first])]
  }

  @inline(__always)
  private static func reverse<Value>(_ values: inout [Value], _ first: Int, _ last: Int) {
    var span = values.mutableSpan
    var (low, high) = (first, last)
    precondition(low >= 0 && high < span.count)
    while low < high {
      let value = span[low]
      span[low] = span[high]
      span[high] = value
      low += 1
      high -= 1
    }
  }

  /// Brings the places of the items between two places up to date.
  private static func note(
    _ first: Int, _ last: Int, _ items: [Int32], _ places: inout [Int32]
  ) {
    let items = items.span
    var places = places.mutableSpan
    for place in first...last {
      places[Int(items[place])] = Int32(truncatingIfNeeded: place)
    }
  }

  /// The same for a stretch that runs over the end of the array.
  private mutating func turnRoundTheEnd(_ first: Int, _ last: Int, steps: Int) {
    let all = items.count
    var (low, high) = (first, last)
    for _ in 0..<steps / 2 {
      let (one, other) = (items[low], items[high])
      items[low] = other
      items[high] = one
      places[Int(other)] = Int32(truncatingIfNeeded: low)
      places[Int(one)] = Int32(truncatingIfNeeded: high)
      low = low + 1 == all ? 0 : low + 1
      high = high == 0 ? all - 1 : high - 1
    }
    (low, high) = (first, last == 0 ? all - 1 : last - 1)
    for _ in 0..<(steps - 1) / 2 {
      ahead.swapAt(low, high)
      low = low + 1 == all ? 0 : low + 1
      high = high == 0 ? all - 1 : high - 1
    }
  }
}
