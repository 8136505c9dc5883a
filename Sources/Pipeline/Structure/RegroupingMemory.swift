import Analysis
import Synchronization
import Tensors

/// What edits of the same layer have in common, kept from one to the next: rows made ready, clusters and
/// orders that were found, and paths inside clusters that stayed as they were.
///
/// It saves work and nothing else: what is kept is what would be found again. Layers are told apart
/// by their figures, so it holds for any atlas.
public final class RegroupingMemory: Sendable {
  /// Most layers kept; the one asked for longest ago goes first.
  private static let mostLayers = 2
  /// Most rows of a layer that is kept: its distances take 32 MiB.
  private static let mostRows = 2048

  private let layers = Mutex<[LayerMemory]>([])

  public init() {}

  /// Whether so many rows are few enough to be kept.
  func keeps(rowCount: Int) -> Bool { rowCount <= Self.mostRows }

  /// What is known of the layer with these profiles: neurons × classes.
  func layer(_ profiles: Matrix, isCancelled: () -> Bool) -> LayerMemory {
    if let known = recall(profiles) { return known }
    let made = LayerMemory(profiles, isCancelled: isCancelled)
    if keeps(rowCount: profiles.rowCount), !isCancelled() {
      layers.withLock { $0 = $0.suffix(Self.mostLayers - 1) + [made] }
    }
    return made
  }

  private func recall(_ profiles: Matrix) -> LayerMemory? {
    layers.withLock { layers in
      guard let place = layers.firstIndex(where: { $0.profiles == profiles }) else { return nil }
      layers.append(layers.remove(at: place))
      return layers.last
    }
  }
}

/// One layer of a ``RegroupingMemory``.
final class LayerMemory: Sendable {
  /// Neurons in so many clusters, from a seed.
  struct DivisionKey: Hashable, Sendable {
    var neurons: [Int]
    var count: Int
    var seed: UInt64
  }

  /// Clusters in order, from a seed.
  struct OrderKey: Hashable, Sendable {
    var labels: [Int]
    var seed: UInt64
  }

  /// A path inside a cluster, from a seed.
  struct PathKey: Hashable, Sendable {
    var request: TwoLevelOrder.PathRequest
    var seed: UInt64
  }

  /// Average linkage of some neurons.
  struct Tree: Sendable {
    let profiles: ActivationProfiles
    let dendrogram: Dendrogram
  }

  let profiles: Matrix
  let rows: PreparedRows
  let divisions = Mutex(Kept<DivisionKey, [[Int]]>(most: 64))
  let trees = Mutex(Kept<[Int], Tree>(most: 8))
  let paths = Mutex(Kept<PathKey, [Int]>(most: 1024))
  let orders = Mutex(Kept<OrderKey, RegroupedOrder>(most: 64))
  let figures = Mutex(Kept<OrderKey, TwoLevelOrder.Figures>(most: 64))
  private let bound = Mutex<Double?>(nil)

  init(_ profiles: Matrix, isCancelled: () -> Bool) {
    self.profiles = profiles
    rows = PreparedRows(profiles, isCancelled: isCancelled)
  }

  /// A length that no order of the rows falls below, worked out once: whoever asks meanwhile waits.
  var lowerBound: Double {
    bound.withLock { known in
      let bound = known ?? rows.lowerBound()
      known = bound
      return bound
    }
  }

  /// The same if it is known already.
  var knownLowerBound: Double? { bound.withLockIfAvailable { $0 } ?? nil }
}

/// A table that forgets everything when it is full.
struct Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let most: Int
  private var values: [Key: Value] = [:]

  init(most: Int) { self.most = most }

  subscript(key: Key) -> Value? {
    get { values[key] }
    set {
      if values.count >= most { values = [:] }
      values[key] = newValue
    }
  }
}
