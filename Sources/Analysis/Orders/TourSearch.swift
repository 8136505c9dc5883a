import Tensors

/// Local search on a tour: Lin–Kernighan moves and moves of short blocks, among near neighbours.
///
/// S. Lin, B. W. Kernighan, "An Effective Heuristic Algorithm for the Traveling-Salesman
/// Problem", Oper. Res. 21(2), 1973, doi:10.1287/opre.21.2.498; I. Or, "Traveling
/// Salesman-Type Combinatorial Problems…", thesis, Northwestern University, 1976.
struct TourSearch {
  /// Gains below this are rounding.
  static let leastGain = 1e-6

  var tour: Tour
  /// Neighbours tried at the first and the second level of a chain, and how far it goes below
  /// them, where it turns the tour to try.
  var breadth = (first: 10, second: 6)
  var depth = 6
  let neighbors: NeighborLists
  /// Items whose surroundings changed, the newest last.
  private var waiting: [Int32] = []
  private var isWaiting: [Bool]

  /// Starts from the tour 0, 1, 2…
  init(_ distances: SquareDistances, _ neighbors: NeighborLists) {
    self.neighbors = neighbors
    tour = Tour(distances)
    isWaiting = Array(repeating: false, count: distances.count)
  }

  /// Lets the search look at `item` again.
  @inline(__always)
  mutating func wake(_ item: Int) {
    if !isWaiting[item] {
      isWaiting[item] = true
      waiting.append(Int32(truncatingIfNeeded: item))
    }
  }

  @inline(__always)
  func distance(_ one: Int, _ other: Int) -> Double { Double(tour.distances[one, other]) }

  /// Improves around the items that wait until none can be improved; returns what was gained.
  mutating func settle() -> Double {
    var total = 0.0
    while let next = waiting.popLast() {
      let item = Int(next)
      isWaiting[item] = false
      while let gain = improve(item) { total += gain }
    }
    return total
  }

  private mutating func improve(_ item: Int) -> Double? {
    chainMove(from: item, backward: false) ?? chainMove(from: item, backward: true)
      ?? blockMove(from: item)
  }
}
