/// Lets squares of equal size within a cluster change places until similar ones are close.
enum NeighborExchange {
  /// The places, given to the squares so that the way along `order` is short: the sum of distances,
  /// across plus down, between squares that follow each other in it.
  ///
  /// - Parameters:
  ///   - places: Upper left corner of each square.
  ///   - sides: Side of each square; only equal ones change places.
  ///   - order: A number for each square; similar squares have near numbers.
  /// - Returns: A way that is never longer than that along `places`.
  /// - Complexity: O(squares²) for each of at most 8 rounds.
  static func places(
    _ places: [(x: Int, y: Int)], sides: [Int], order: [Int]
  ) -> [(x: Int, y: Int)] {
    guard places.count > 2, places.count == sides.count else { return places }
    var search = Search(places, sides, order)
    for _ in 0..<8 { if !search.exchange() { break } }
    return search.places
  }

  private struct Search {
    private(set) var places: [(x: Int, y: Int)]
    private let sides: [Int]
    /// Squares before and behind each on the way.
    private var neighbors: [[Int]]

    init(_ places: [(x: Int, y: Int)], _ sides: [Int], _ order: [Int]) {
      self.places = places
      self.sides = sides
      neighbors = Array(repeating: [], count: places.count)
      let way = order.indices.sorted { (order[$0], $0) < (order[$1], $1) }
      for (one, other) in zip(way, way.dropFirst()) {
        neighbors[one].append(other)
        neighbors[other].append(one)
      }
    }

    /// Length of the way at a square that stands somewhere, but for the stretch to `other`: that
    /// stays as long when the two change places.
    private func length(_ square: Int, at place: (x: Int, y: Int), without other: Int) -> Int {
      var sum = 0
      for next in neighbors[square] where next != other {
        // Twice the distance of centres, so that halves stay whole.
        let shift = sides[square] - sides[next]
        sum += abs(2 * (place.x - places[next].x) + shift)
        sum += abs(2 * (place.y - places[next].y) + shift)
      }
      return sum
    }

    /// Exchanges each pair that gains; false when none did.
    mutating func exchange() -> Bool {
      var hasGained = false
      for one in places.indices {
        for other in places.indices.dropFirst(one + 1) where sides[one] == sides[other] {
          let before =
            length(one, at: places[one], without: other)
            + length(other, at: places[other], without: one)
          let after =
            length(one, at: places[other], without: other)
            + length(other, at: places[one], without: one)
          if after < before {
            places.swapAt(one, other)
            hasGained = true
          }
        }
      }
      return hasGained
    }
  }
}
