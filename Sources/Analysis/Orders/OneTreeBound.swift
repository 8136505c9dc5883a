/// How short a path through all items can be at best.
///
/// Closing the path through an extra item at distance 0 makes a tour; every tour is a 1-tree (a
/// spanning tree of the items and two edges of the extra one), so the lightest 1-tree is a lower
/// bound. Adding a potential to every edge at an item moves all tours by the same amount; good
/// potentials bring the bound within 1 % of the best path.
///
/// M. Held, R. M. Karp, "The Traveling-Salesman Problem and Minimum Spanning Trees", Oper. Res.
/// 18(6), 1970, doi:10.1287/opre.18.6.1138.
enum OneTreeBound {
  /// The bound that `potentials` prove, over all edges; in double precision.
  ///
  /// - Complexity: O(*n*²).
  static func bound(_ distances: SquareDistances, _ potentials: [Double]) -> Double {
    let count = distances.count
    guard count > 1 else { return 0 }
    var keys = Array(repeating: Double.infinity, count: count)
    var rest = Array(1..<count)
    var newest = 0
    var weight = 0.0
    let values = distances.values.span
    while !rest.isEmpty {
      let row = values.extracting(
        newest * distances.stride..<newest * distances.stride + count)
      let own = potentials[newest]
      var best = (place: 0, key: Double.infinity)
      for place in rest.indices {
        let item = rest[place]
        let key = min(keys[item], Double(row[item]) + own + potentials[item])
        keys[item] = key
        if key < best.key { best = (place, key) }
      }
      newest = rest[best.place]
      rest.swapAt(best.place, rest.count - 1)
      rest.removeLast()
      weight += best.key
    }
    return weight + twoSmallest(potentials).sum - 2 * potentials.reduce(0, +)
  }

  /// The extra item's two edges: to the two items of lowest potential.
  static func twoSmallest(_ potentials: [Double]) -> (first: Int, second: Int, sum: Double) {
    var (first, second) = (0, 1)
    if potentials[1] < potentials[0] { swap(&first, &second) }
    for item in potentials.indices.dropFirst(2) {
      if potentials[item] < potentials[first] {
        (first, second) = (item, first)
      } else if potentials[item] < potentials[second] {
        second = item
      }
    }
    return (first, second, potentials[first] + potentials[second])
  }
}
