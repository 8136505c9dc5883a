import Analysis
import Canvas
import Layout

/// Which neurons' pictures, how large, and in what room.
struct PackingKey: Hashable, Sendable {
  var layer: Int
  /// Place of the cluster; nil for all clusters of the layer, each in a box of its own.
  var cluster: Int?
  var importance: Importance
  var room: ScreenSize
}

/// Pictures that fit the room together; those left over are on later pages.
struct FeaturePage: Sendable {
  /// In cells.
  var tiles: [FeatureTile]
  /// Neurons left for later pages.
  var hidden: Int
}

/// One neuron's picture on a page.
struct FeatureTile: Hashable, Sendable {
  var neuron: Int
  /// Within the room.
  var area: CellRect

  /// Cells a picture needs to be told from others.
  static let smallest = ScreenSize(height: 4, width: 8)
}

/// Pages of one packing, worked out as far as they were asked for.
struct FeaturePages: Sendable {
  private(set) var pages: [FeaturePage] = []
  /// Whether they are of an order that no longer holds, shown until they are packed anew.
  var isOutdated = false
  /// Neurons not on any page yet, by cluster or by run of alike ones.
  private var left: [[Int]]
  private let room: ScreenSize
  private let importance: [Double]

  /// - Parameter importance: One value a neuron; NaN where it is not known.
  init(_ key: PackingKey, _ digest: LayerDigest, importance: [Double]) {
    room = key.room
    self.importance = importance
    let hasPicture = { (neuron: Int) in !digest.topPatches(neuron).isEmpty }
    let groups: [[Int]]
    if let place = key.cluster {
      let members = digest.clusters.indices.contains(place) ? digest.clusters[place].members : []
      groups = digest.statistics.map { similarRuns(members, $0.meanOfMean) } ?? [members]
    } else {
      groups = digest.clusters.map(\.members)
    }
    left = groups.map { $0.filter(hasPicture) }
  }

  /// Whether no page can be added.
  var isComplete: Bool {
    left.allSatisfy(\.isEmpty) || (pages.last.map(\.tiles.isEmpty) ?? false)
  }

  /// The page that shows a neuron.
  func page(of neuron: Int) -> Int? {
    pages.firstIndex { $0.tiles.contains { $0.neuron == neuron } }
  }

  /// Neurons on no page yet, most important first.
  var waiting: [Int] { left.joined().sorted { (weight($1), $0) < (weight($0), $1) } }

  /// Packs the next page, hierarchically: groups stay whole, sides grow with the square root of
  /// the importance; see ``HierarchicalPacking``.
  ///
  /// - Complexity: that of a packing of at most as many pictures as the room holds.
  mutating func add() {
    let most =
      (room.height / FeatureTile.smallest.height) * (room.width / FeatureTile.smallest.width)
    var problem = PackingProblem(
      width: room.width, height: 2 * room.height,
      groups: left.map { group in
        let best = group.sorted { (weight($1), $0) < (weight($0), $1) }.prefix(most)
        return best.map { PackingProblem.Item(item: $0, importance: weight($0)) }
      })
    problem.smallestSide = FeatureTile.smallest.width
    let squares = HierarchicalPacking().pack(problem).squares
    let shown = Set(squares.map(\.item))
    for group in left.indices { left[group].removeAll(where: shown.contains) }
    let tiles = squares.map {
      FeatureTile(
        neuron: $0.item,
        area: CellRect(row: $0.y / 2, column: $0.x, height: $0.side / 2, width: $0.side))
    }
    pages.append(FeaturePage(tiles: tiles, hidden: left.reduce(0) { $0 + $1.count }))
  }

  private func weight(_ neuron: Int) -> Double {
    guard importance.indices.contains(neuron), importance[neuron].isFinite else { return 0 }
    return max(0, importance[neuron])
  }
}

extension FeaturePages {
  /// Whether it holds more that still counts than the same packing from elsewhere.
  func isFurther(than other: FeaturePages) -> Bool {
    (isOutdated ? -1 : pages.count) >= (other.isOutdated ? -1 : other.pages.count)
  }

  /// Whether the page that was asked for is among those worked out.
  func answers(_ request: PageRequest) -> Bool {
    guard !isOutdated, !pages.isEmpty else { return false }
    return isComplete || request.neuron.map { page(of: $0) != nil } ?? true
  }
}

extension ExplorerState {
  /// Packs pages until one shows `neuron`, the first at least.
  mutating func ensurePage(_ request: PageRequest) {
    guard let digest = ensureFilled(request.key.layer) else { return }
    let known = workings.packings[request.key].flatMap { $0.isOutdated ? nil : $0 }
    var pages =
      known
      ?? FeaturePages(
        request.key, digest,
        importance: importances(request.key.importance, digest, place: request.key.cluster))
    while !pages.answers(request) { pages.add() }
    workings.packings[request.key] = pages
  }
}

/// A page a screen is to show: the one with `neuron`, or the first.
struct PageRequest: Hashable, Sendable {
  var key: PackingKey
  var neuron: Int?
}
