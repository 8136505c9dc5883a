import Tensors

/// Orders rows of a matrix so that similar ones are neighbours.
///
/// Distances are cosine distances between live rows; dead and broken rows come last, in their
/// own order. Equal inputs, budgets and seeds give equal orders.
public struct Seriation: Sendable {
  /// Kicks of the iterated search; 0 leaves local search alone. A kick takes 10 to 50 microseconds,
  /// more the more rows there are.
  public var budget: Int
  /// Start of all chance.
  public var seed: UInt64

  public init(budget: Int, seed: UInt64) {
    self.budget = budget
    self.seed = seed
  }

  /// A budget for interactive use: two kicks a row.
  public static func suggestedBudget(rowCount: Int) -> Int { 2 * rowCount }

  /// The shortest path found through all rows: CNNVis' objective.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - isCancelled: Asked between steps; true ends early with a valid order.
  ///   - progress: Told how far it is.
  public func path(
    _ matrix: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> SeriationResult {
    let profiles = ActivationProfiles(matrix)
    let distances = SquareDistances.cosine(
      profiles.unitRows, isCancelled: isCancelled, progress: progress)
    let found = ShortestPath(
      distances, budget: budget, seed: seed, isCancelled: isCancelled, progress: progress)
    return result(
      found.order, lowerBound: found.lowerBound, matrix, profiles, distances)
  }

  /// Clusters as a gradient, and the shortest path found inside each: the default view.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - labels: Cluster of each row; negative for rows that belong to none.
  public func twoLevel(
    _ matrix: Matrix, labels: [Int], isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> (clusterOrder: [Int], rows: SeriationResult) {
    precondition(labels.count == matrix.rowCount)
    let profiles = ActivationProfiles(matrix)
    let distances = SquareDistances.cosine(
      profiles.unitRows, isCancelled: isCancelled, progress: progress)
    let groups = RowGroups(profiles, labels: labels)
    let arranged = groups.arrangement.order(seed: seed)
    var paths: [[Int]] = []
    for (place, group) in arranged.enumerated() {
      let members = groups.members[group]
      let share = budget * members.count / max(1, profiles.live.count)
      let found = ShortestPath(
        distances.permuted(members), budget: share, seed: seed, isCancelled: isCancelled)
      paths.append(found.order.map { members[$0] })
      progress(WorkProgress(.search, share: Double(place + 1) / Double(arranged.count)))
    }
    let rows = turned(paths, distances).flatMap { $0 }
    let bound = ShortestPath.lowerBound(distances, start: rows, isCancelled: isCancelled)
    let found = result(rows, lowerBound: bound, matrix, profiles, distances)
    let isTurned = found.order.order.first != rows.first.map { profiles.live[$0] }
    let names = arranged.map { groups.names[$0] }
    return (isTurned ? names.reversed() : names, found)
  }

  /// Turns paths round so that the joints between them are as short as can be.
  ///
  /// - Complexity: O(paths).
  private func turned(_ paths: [[Int]], _ distances: SquareDistances) -> [[Int]] {
    let paths = paths.filter { !$0.isEmpty }
    guard paths.count > 1 else { return paths }
    var costs = [[0.0, 0.0]]
    var choices: [[Int]] = [[0, 0]]
    func ends(_ place: Int, _ turn: Int) -> (Int, Int) {
      let (first, last) = (paths[place][0], paths[place][paths[place].count - 1])
      return turn == 0 ? (first, last) : (last, first)
    }
    for place in paths.indices.dropFirst() {
      var (cost, choice) = ([0.0, 0.0], [0, 0])
      for turn in 0...1 {
        let joints = (0...1).map { before in
          costs[place - 1][before]
            + Double(distances[ends(place - 1, before).1, ends(place, turn).0])
        }
        choice[turn] = joints[1] < joints[0] ? 1 : 0
        cost[turn] = joints[choice[turn]]
      }
      costs.append(cost)
      choices.append(choice)
    }
    var turn = costs[paths.count - 1][1] < costs[paths.count - 1][0] ? 1 : 0
    var result: [[Int]] = []
    for place in paths.indices.reversed() {
      result.append(turn == 0 ? paths[place] : paths[place].reversed())
      turn = choices[place][turn]
    }
    return result.reversed()
  }

  /// The shortest path that the tree of average linkage allows: every cluster at every level
  /// stays whole. No search follows, so ``budget`` and ``seed`` do not matter.
  ///
  /// - Parameters:
  ///   - matrix: Rows to order × columns, any scale.
  ///   - isCancelled: Asked between steps; true ends early with a valid order.
  ///   - progress: Told how far it is.
  /// - Complexity: O(rows³) at worst.
  public func leafOrder(
    _ matrix: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> SeriationResult {
    let profiles = ActivationProfiles(matrix)
    let distances = SquareDistances.cosine(
      profiles.unitRows, isCancelled: isCancelled, progress: progress)
    let tree = try? Linkage(method: .average)
      .dendrogram(distances, isCancelled: isCancelled, progress: progress)
    let order =
      tree.map { OptimalLeafOrder.order($0, distances, isCancelled: isCancelled) }
      ?? Array(0..<distances.count)
    progress(WorkProgress(.leafOrder, share: 1))
    return result(order, lowerBound: nil, matrix, profiles, distances)
  }

  /// Places the live rows, stronger end first, and the others behind them.
  private func result(
    _ live: [Int], lowerBound: Double?, _ matrix: Matrix, _ profiles: ActivationProfiles,
    _ distances: SquareDistances
  ) -> SeriationResult {
    var live = live
    if let first = live.first, let last = live.last, first != last {
      let (head, tail) = (
        strength(profiles.live[first], matrix), strength(profiles.live[last], matrix)
      )
      if head < tail || head == tail && first > last { live.reverse() }
    }
    let order =
      live.map { profiles.live[$0] } + (profiles.dead + profiles.nonFinite).sorted()
    return SeriationResult(
      order: Permutation(order) ?? Permutation(identity: matrix.rowCount),
      pathLength: distances.pathLength(live), lowerBound: lowerBound,
      antiRobinson: antiRobinsonShare(live, distances))
  }

  private func strength(_ row: Int, _ matrix: Matrix) -> Double {
    matrix.row(row).reduce(0.0) { $0 + Double($1) }
  }
}
