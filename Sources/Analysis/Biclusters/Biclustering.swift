import Tensors

/// Finds biclusters that make the drawing of a weight matrix simpler without changing it.
///
/// CNNVis bundles edges by biclusters, signs apart (M. Liu et al., TVCG 23(1), 2017). Ours is what
/// to choose: biclusters that save lines, exactly covering the links there are. Equal weights,
/// budgets and seeds give equal covers.
public struct Biclustering: Sendable {
  /// Most rows and columns that are bundled; larger matrices come back as direct links.
  public static let mostMembers = 512

  /// Starting links tried for each bicluster; nil for 400 up to 100 rows or columns, else 20.
  public var tries: Int?
  /// Rounds of taking some biclusters out and covering anew; 200 in vain end it.
  public var improvements = 0
  /// Start of all chance.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// The cover of `weights`; 0 is no link, and NaN and infinities are left out and counted.
  ///
  /// - Parameters:
  ///   - weights: Links from rows to columns.
  ///   - isCancelled: Asked between rounds; true ends with the best found.
  /// - Complexity: O(tries · columns² · rows) for each bicluster found.
  public func cover(
    _ weights: Matrix, isCancelled: () -> Bool = { false }
  ) -> BiclusterCover {
    let size = max(weights.rowCount, weights.columnCount)
    let parts = [true, false].map { isExcitatory -> [Bicluster] in
      switch size {
      case ...128: return part(weights, isExcitatory, SIMD2<UInt64>.self, isCancelled)
      case ...256: return part(weights, isExcitatory, SIMD4<UInt64>.self, isCancelled)
      case ...Self.mostMembers: return part(weights, isExcitatory, SIMD8<UInt64>.self, isCancelled)
      default: return []
      }
    }
    return assemble(parts.flatMap { $0 }, weights)
  }

  private func part<Words: SIMD<UInt64> & Sendable>(
    _ weights: Matrix, _ isExcitatory: Bool, _ words: Words.Type, _ isCancelled: () -> Bool
  ) -> [Bicluster] {
    let table = LinkTable<Words>(weights, isExcitatory: isExcitatory)
    var search = HubSearch(table, seed: seed)
    let size = max(weights.rowCount, weights.columnCount)
    search.cover(tries: max(1, tries ?? (size <= 100 ? 400 : 20)))
    search.improve(rounds: improvements, isCancelled: isCancelled)
    return search.hubs.map {
      Bicluster(isExcitatory: isExcitatory, left: $0.left.members, right: $0.right.members)
    }
  }

  private func assemble(_ biclusters: [Bicluster], _ weights: Matrix) -> BiclusterCover {
    var isCovered = Array(repeating: false, count: weights.values.count)
    for bicluster in biclusters {
      for row in bicluster.left {
        for column in bicluster.right { isCovered[row * weights.columnCount + column] = true }
      }
    }
    var (direct, broken, bundled, total) = ([SignedEdge](), 0, 0.0, 0.0)
    for (place, weight) in weights.values.enumerated() where weight != 0 {
      guard weight.isFinite else {
        broken += 1
        continue
      }
      total += Double(weight.magnitude)
      if isCovered[place] {
        bundled += Double(weight.magnitude)
      } else {
        direct.append(
          SignedEdge(
            left: place / weights.columnCount, right: place % weights.columnCount,
            isExcitatory: weight > 0))
      }
    }
    return BiclusterCover(
      biclusters: biclusters, direct: direct, nonFiniteCount: broken,
      bundledShare: total > 0 ? bundled / total : 0)
  }
}
