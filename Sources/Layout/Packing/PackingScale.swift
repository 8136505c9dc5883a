/// Sides of the items of a problem at any scale, in grid units.
struct PackingScale: Sendable {
  /// An item and the square root of its importance.
  struct Weighted: Sendable {
    var item: Int
    var weight: Double
    /// Place in the order in which similar members of the group are near.
    var place: Int
  }

  /// Groups with items to show, the strongest item first, the lower number among equals.
  let groups: [[Weighted]]
  let smallest: Int
  let grid: Int

  init(_ problem: PackingProblem) {
    grid = max(1, problem.grid)
    smallest = max(1, (problem.smallestSide + grid - 1) / grid)
    let known = problem.groups.joined().map(\.importance).filter { $0.isFinite && $0 > 0 }
    let least = (known.min() ?? 1).squareRoot()
    let most = problem.contrast.map { least * max(1, $0) } ?? .infinity
    groups = problem.groups.map { group in
      group.enumerated().map { place, item in
        let isKnown = item.importance.isFinite && item.importance > 0
        let weight = isKnown ? item.importance.squareRoot() : least
        return Weighted(item: item.item, weight: min(most, max(least, weight)), place: place)
      }.sorted { $0.weight == $1.weight ? $0.item < $1.item : $0.weight > $1.weight }
    }
  }

  private init(_ groups: [[Weighted]], like other: PackingScale) {
    self.groups = groups
    smallest = other.smallest
    grid = other.grid
  }

  var itemCount: Int { groups.reduce(0) { $0 + $1.count } }

  /// Side in grid units; limited so that no scale overflows.
  func side(_ item: Weighted, scale: Double) -> Int {
    max(smallest, Int(min(1e6, scale * item.weight / Double(grid))))
  }

  /// Only the `count` items that matter most: every group's first, then every group's second…
  func showing(_ count: Int) -> PackingScale {
    var kept = Array(repeating: 0, count: groups.count)
    var (left, rank) = (count, 0)
    while left > 0, groups.contains(where: { $0.count > rank }) {
      let round = groups.indices.filter { groups[$0].count > rank }.sorted {
        let (one, other) = (groups[$0][rank].weight, groups[$1][rank].weight)
        return one == other ? $0 < $1 : one > other
      }
      for group in round.prefix(left) { kept[group] += 1 }
      left -= min(left, round.count)
      rank += 1
    }
    return PackingScale(zip(groups, kept).map { Array($0.prefix($1)) }, like: self)
  }
}
