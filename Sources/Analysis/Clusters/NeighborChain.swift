/// The state of a nearest-neighbour chain; see ``Linkage``.
///
/// Invariant: within the chain every cluster's nearest neighbour is the next one, or the one
/// before at the end. Merging two clusters never brings a third nearer than the nearer of the two
/// was (rounding is clamped to make this exact), so the rest of the chain stays valid. Distances that
/// are no numbers would break it; they count as those of opposite directions.
struct NeighborChain {
  private let method: Linkage.Method
  private var table: SquareDistances
  /// Leaves in the cluster that each slot holds; 0 when it holds none any more.
  private var sizes: [Float]
  /// Merges that each row has taken in.
  private var seen: [Int]
  private var merges: [SlotMerge] = []
  private var chain: [Int] = []
  private(set) var clusterCount: Int

  /// Slot `kept` took in slot `gone`; `kept` is the lower.
  private struct SlotMerge {
    var kept: Int
    var gone: Int
    var keptSize: Float
    var goneSize: Float
    var height: Float

    var keptShare: Float { keptSize / (keptSize + goneSize) }
    var goneShare: Float { goneSize / (keptSize + goneSize) }
  }

  init(_ distances: consuming SquareDistances, method: Linkage.Method) {
    self.method = method
    clusterCount = distances.count
    sizes = Array(repeating: 1, count: distances.stride)
    seen = Array(repeating: 0, count: distances.count)
    for row in 0..<distances.count {
      for column in 0..<distances.count
      where column != row && !distances[row, column].isFinite {
        distances[row, column] = 2
      }
    }
    if method == .ward { for place in distances.values.indices { distances.values[place] *= 2 } }
    table = distances
  }

  /// Follows nearest neighbours to a mutual pair and merges it.
  mutating func mergeNext() {
    if chain.isEmpty, let first = sizes.firstIndex(where: { $0 > 0 }) { chain.append(first) }
    while let last = chain.last {
      refresh(last)
      let before = chain.count > 1 ? chain[chain.count - 2] : nil
      let next = nearest(to: last, preferring: before)
      if next == before {
        chain.removeLast(2)
        merge(min(last, next), max(last, next))
        return
      }
      chain.append(next)
    }
  }

  /// The nearest slot; the lowest of equals, but `preferred` before all equals.
  private func nearest(to row: Int, preferring preferred: Int?) -> Int {
    let values = table.values.span
    let mine = values.extracting(row * table.stride..<(row + 1) * table.stride)
    var best = SIMD8<Float>(repeating: .infinity)
    var places = SIMD8<Int32>(repeating: 0)
    for block in 0..<table.stride / 8 {
      let distances = mine.vector(at: block * 8)
      let isNearer = distances .< best
      best.replace(with: distances, where: isNearer)
      places.replace(with: Int32(truncatingIfNeeded: block), where: isNearer)
    }
    let shortest = best.min()
    if let preferred, mine[preferred] <= shortest { return preferred }
    var found = Int.max
    for lane in 0..<8 where best[lane] == shortest {
      found = min(found, Int(places[lane]) * 8 + lane)
    }
    return found
  }

  /// Takes in the merges since `row` was last looked at.
  private mutating func refresh(_ row: Int) {
    let size = sizes[row]
    let base = row * table.stride
    for merge in merges[seen[row]...] {
      let combined = Self.combine(
        method, table.values[base + merge.kept], table.values[base + merge.gone], merge, size)
      table.values[base + merge.kept] = combined
      table.values[base + merge.gone] = .infinity
    }
    seen[row] = merges.count
  }

  private mutating func merge(_ kept: Int, _ gone: Int) {
    refresh(kept)
    refresh(gone)
    let merge = SlotMerge(
      kept: kept, gone: gone, keptSize: sizes[kept], goneSize: sizes[gone],
      height: table[kept, gone])
    let (keptBase, goneBase) = (kept * table.stride, gone * table.stride)
    let (method, width, sizesBefore) = (method, table.stride, sizes)
    var values = table.values.mutableSpan
    let others = sizesBefore.span
    for column in stride(from: 0, to: width, by: 8) {
      let combined = Self.combine(
        method, values.vector(at: keptBase + column), values.vector(at: goneBase + column), merge,
        others.vector(at: column))
      values.store(combined, at: keptBase + column)
    }
    values[keptBase + kept] = .infinity
    values[keptBase + gone] = .infinity
    sizes[kept] += sizes[gone]
    sizes[gone] = 0
    merges.append(merge)
    seen[kept] = merges.count
    clusterCount -= 1
  }

  /// Distance of others, of the sizes given, from two clusters become one.
  @inline(__always)
  private static func combine(
    _ method: Linkage.Method, _ kept: SIMD8<Float>, _ gone: SIMD8<Float>, _ merge: SlotMerge,
    _ others: SIMD8<Float>
  ) -> SIMD8<Float> {
    let smaller = kept.replacing(with: gone, where: gone .< kept)
    let combined: SIMD8<Float>
    switch method {
    case .complete: combined = kept.replacing(with: gone, where: kept .< gone)
    case .average: combined = kept * merge.keptShare + gone * merge.goneShare
    case .ward:
      let sum = kept * (others + merge.keptSize) + gone * (others + merge.goneSize)
      combined = (sum - others * merge.height) / (others + (merge.keptSize + merge.goneSize))
    }
    return combined.replacing(with: smaller, where: combined .< smaller)
  }

  /// The same for one other cluster, with the same rounding.
  @inline(__always)
  private static func combine(
    _ method: Linkage.Method, _ kept: Float, _ gone: Float, _ merge: SlotMerge, _ other: Float
  ) -> Float {
    let combined: Float
    switch method {
    case .complete: return max(kept, gone)
    case .average: combined = kept * merge.keptShare + gone * merge.goneShare
    case .ward:
      let sum = kept * (other + merge.keptSize) + gone * (other + merge.goneSize)
      combined = (sum - other * merge.height) / (other + (merge.keptSize + merge.goneSize))
    }
    return max(combined, min(kept, gone))
  }

  /// The tree of the merges made.
  func dendrogram() -> Dendrogram {
    let leafCount = seen.count
    let order = merges.indices.sorted {
      merges[$0].height == merges[$1].height ? $0 < $1 : merges[$0].height < merges[$1].height
    }
    var nodes = Array(0..<leafCount)
    var result: [Dendrogram.Merge] = []
    for place in order {
      let merge = merges[place]
      let height = method == .ward ? merge.height.squareRoot() : merge.height
      result.append(
        Dendrogram.Merge(left: nodes[merge.kept], right: nodes[merge.gone], height: height))
      nodes[merge.kept] = leafCount + result.count - 1
    }
    return Dendrogram(leafCount: leafCount, merges: result)
  }
}
