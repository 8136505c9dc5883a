import Tensors

/// Clusters as a gradient, and the shortest path found inside each, in pieces: paths of different
/// clusters can be searched side by side, and one found earlier for the same rows serves again.
public struct TwoLevelOrder: Sendable {
  /// What the path inside a cluster depends on, besides the rows themselves and the seed.
  public struct PathRequest: Hashable, Sendable {
    /// Places among the live rows, ascending.
    var members: [Int]
    /// Kicks of its search.
    var budget: Int

    /// Rows of the cluster that are alive.
    public var rowCount: Int { members.count }
  }

  /// Paths to search, in the order of the clusters they are inside of.
  public let requests: [PathRequest]
  private let rows: MeasuredRows
  /// Label of each cluster, in order.
  private let names: [Int]
  private let seed: UInt64

  /// - Parameters:
  ///   - labels: Cluster of each row; negative for rows that belong to none.
  ///   - isCancelled: Asked while many clusters are arranged; true leaves them as they then are.
  init(
    _ rows: MeasuredRows, labels: [Int], _ seriation: Seriation,
    isCancelled: () -> Bool = { false }
  ) {
    precondition(labels.count == rows.profiles.rowCount)
    let groups = RowGroups(rows.profiles, labels: labels)
    let arranged = groups.arrangement.order(seed: seriation.seed, isCancelled: isCancelled)
    self.rows = rows
    seed = seriation.seed
    names = arranged.map { groups.names[$0] }
    requests = arranged.map { group in
      let members = groups.members[group]
      return PathRequest(
        members: members,
        budget: seriation.budget * members.count / max(1, rows.profiles.live.count))
    }
  }

  /// The shortest path found through a cluster's rows: places among the live rows.
  ///
  /// - Complexity: that of the path search.
  public func path(_ request: PathRequest, isCancelled: () -> Bool) -> [Int] {
    let found = ShortestPath(
      rows.distances.permuted(request.members), budget: request.budget, seed: seed,
      isCancelled: isCancelled)
    return found.order.map { request.members[$0] }
  }

  /// What paths inside the clusters come to.
  public struct Found: Equatable, Sendable {
    /// Labels of the clusters.
    public var clusterOrder: [Int]
    /// Without a bound and without what breaks the gradient; see ``figures(_:lowerBound:)``.
    public var rows: SeriationResult
  }

  /// The order that `paths`, one a request, come to.
  ///
  /// - Complexity: O(rows).
  public func joined(_ paths: [[Int]]) -> Found {
    precondition(paths.count == requests.count)
    let live = turned(paths).flatMap { $0 }
    let found = rows.result(live)
    let isTurned = found.order.order.first != live.first.map { rows.profiles.live[$0] }
    return Found(clusterOrder: isTurned ? names.reversed() : names, rows: found)
  }

  /// How good an order is.
  public struct Figures: Hashable, Sendable {
    /// A length that no order of the rows falls below.
    public var lowerBound: Double
    /// Share of triples that break the gradient.
    public var antiRobinson: Double?

    public init(lowerBound: Double, antiRobinson: Double?) {
      self.lowerBound = lowerBound
      self.antiRobinson = antiRobinson
    }
  }

  /// How good the order is that was found.
  ///
  /// - Parameter lowerBound: That of the rows.
  public func figures(_ found: Found, lowerBound: Double) -> Figures {
    Figures(lowerBound: lowerBound, antiRobinson: rows.antiRobinson(found.rows.order))
  }

  /// Turns paths round so that the joints between them are as short as can be.
  ///
  /// - Complexity: O(paths).
  private func turned(_ paths: [[Int]]) -> [[Int]] {
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
            + Double(rows.distances[ends(place - 1, before).1, ends(place, turn).0])
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
}
