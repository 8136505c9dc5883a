import Tensors

/// Clusters neurons by the images (or patches) which excite them most: neurons that pick the same
/// ones look for the same thing. For early layers, where class profiles say little.
///
/// The idea is that of H. Park, N. Das, R. Duggal, A. P. Wright, O. Shaikh, F. Hohman, D. H. Chau,
/// "NeuroCartography", IEEE TVCG 28(1), 2022, doi:10.1109/TVCG.2021.3114858. Overlaps are
/// Jaccard's, estimated from MinHash signatures: A. Z. Broder, "On the resemblance and
/// containment of documents", SEQUENCES 1997, doi:10.1109/SEQUEN.1997.666900. Clusters come from
/// average linkage over one less the overlap, where NeuroCartography takes whole buckets: the tree
/// can be cut anywhere.
public struct PatchOverlap: Sendable {
  /// Values in a signature; an overlap's standard error is at most 1 / (2 √ of it).
  public var hashCount = 256
  public var seed: UInt64

  public init(seed: UInt64 = 0) { self.seed = seed }

  /// MinHash signatures, a set after another, `hashCount` values each.
  ///
  /// - Parameter sets: Members of each set, in any order; repetitions count once.
  /// - Complexity: O(members · hashCount).
  func signatures(_ sets: [[Int]]) -> [UInt32] {
    var random = SeededGenerator(seed: seed)
    let salts = (0..<max(1, hashCount)).map { _ in random.next() }
    var signatures: [UInt32] = []
    signatures.reserveCapacity(sets.count * salts.count)
    for members in sets {
      for salt in salts {
        var least = UInt32.max
        for member in members {
          var mixer = SeededGenerator(seed: UInt64(bitPattern: Int64(member)) ^ salt)
          least = min(least, UInt32(truncatingIfNeeded: mixer.next() >> 32))
        }
        signatures.append(least)
      }
    }
    return signatures
  }

  /// One less the estimated overlap of every two sets.
  ///
  /// - Complexity: O(sets² · hashCount), eight at a time.
  func distances(
    _ sets: [[Int]], isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> SquareDistances {
    let width = max(1, hashCount)
    let signatures = signatures(sets)
    var table = SquareDistances(count: sets.count)
    for row in sets.indices {
      if isCancelled() { throw .cancelled }
      for other in 0..<row {
        let equal = equalValues(signatures.span, row * width, other * width, width)
        let distance = 1 - Float(equal) / Float(width)
        table[row, other] = distance
        table[other, row] = distance
      }
    }
    return table
  }

  @inline(__always)
  private func equalValues(
    _ values: Span<UInt32>, _ first: Int, _ second: Int, _ width: Int
  ) -> Int32 {
    let (one, other) = (
      values.extracting(first..<first + width), values.extracting(second..<second + width)
    )
    var count: Int32 = 0
    for index in one.indices { count &+= one[index] == other[index] ? 1 : 0 }
    return count
  }

  /// The tree of neurons by overlap, over those whose set is not empty, in their order.
  ///
  /// - Parameter isCancelled: Asked at each row; true ends the work with `.cancelled`.
  public func dendrogram(
    _ sets: [[Int]], isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> Dendrogram {
    let table = try distances(sets.filter { !$0.isEmpty }, isCancelled: isCancelled)
    return try Linkage(method: .average).dendrogram(table, isCancelled: isCancelled)
  }

  /// Clusters neurons; those with an empty set are labelled -1.
  ///
  /// - Parameters:
  ///   - sets: Images or patches of each neuron, by any number that identifies them.
  ///   - clusterCount: Clusters to make; the most within 0.02 of the best silhouette when nil.
  public func cluster(
    _ sets: [[Int]], into clusterCount: Int? = nil, isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> Clustering {
    let live = sets.indices.filter { !sets[$0].isEmpty }
    let table = try distances(live.map { sets[$0] }, isCancelled: isCancelled)
    let cut = TableClustering(clusterCount: clusterCount, seed: seed)
    return try cut.cluster(
      table, rows: live, of: sets.count, words: "overlap of top patches (MinHash)",
      isCancelled: isCancelled)
  }
}

extension PatchOverlap {
  /// The images of each neuron's strongest patches, as sets to cluster by.
  public static func imageSets(_ topPatches: [[TopPatch]]) -> [[Int]] {
    topPatches.map { patches in patches.map { Int($0.image) } }
  }
}
