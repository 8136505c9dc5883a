import Tensors

/// Finds biclusters that make the drawing of a weight matrix simpler without changing it.
///
/// CNNVis bundles edges by biclusters, signs apart (M. Liu et al., TVCG 23(1), 2017). Ours is what
/// to choose: biclusters that save lines, exactly covering the links there are. Equal weights,
/// budgets and seeds give equal covers.
public struct Biclustering: Sendable {
  /// Most rows and columns that are bundled together; larger matrices are cut into bands of so
  /// many, in the order given, and biclusters stay within a band.
  public static let bandSize = 512

  /// Starting links tried at a time; nil for 400 up to 100 rows or columns, else 1,000.
  public var tries: Int?
  /// Rounds of taking some biclusters out and covering anew, 200 or a quarter of them in vain end it;
  /// nil for 40 up to 24 rows or columns, 20 up to 100, else none.
  public var improvements: Int?
  /// Most biclusters of a sign up to which all that cannot be widened are listed, and the better
  /// cover taken.
  public var mostClosed = 4_000
  /// Start of all chance.
  public var seed: UInt64 = 1

  /// The defaults.
  public init() {}

  /// The cover of `weights`; 0 is no link, and NaN and infinities are left out and counted.
  ///
  /// - Parameters:
  ///   - weights: Links from rows to columns.
  ///   - isCancelled: Asked between steps; true ends with the best found.
  ///   - progress: Told how far it is.
  /// - Complexity: O(columns² · rows / 64) for each link tried, twice so many and a few for each
  ///   bicluster.
  public func cover(
    _ weights: Matrix, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) -> BiclusterCover {
    let (rows, columns) = (bands(weights.rowCount), bands(weights.columnCount))
    var parts: [[Bicluster]] = [[], []]
    let total = Double(2 * rows.count * columns.count)
    var done = 0.0
    for (sign, isExcitatory) in [true, false].enumerated() {
      for row in rows {
        for column in columns {
          parts[sign] += cover(weights, row, column, isExcitatory, isCancelled) { share in
            progress(WorkProgress(.cover, share: (done + share) / total))
          }
          done += 1
          progress(WorkProgress(.cover, share: done / total))
        }
      }
    }
    return assemble(parts.flatMap { $0 }, weights)
  }

  private func bands(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: Self.bandSize).map { $0..<min(count, $0 + Self.bandSize) }
  }

  private func cover(
    _ weights: Matrix, _ rows: Range<Int>, _ columns: Range<Int>, _ isExcitatory: Bool,
    _ isCancelled: () -> Bool, _ progress: (Double) -> Void
  ) -> [Bicluster] {
    let band = SignedBand(
      weights: weights, rows: rows, columns: columns, isExcitatory: isExcitatory)
    switch max(rows.count, columns.count) {
    case ...128: return search(band, SIMD2<UInt64>.self, isCancelled, progress)
    case ...256: return search(band, SIMD4<UInt64>.self, isCancelled, progress)
    default: return search(band, SIMD8<UInt64>.self, isCancelled, progress)
    }
  }

  private func search<Words: SIMD<UInt64> & Sendable>(
    _ band: SignedBand, _ words: Words.Type, _ isCancelled: () -> Bool,
    _ progress: (Double) -> Void
  ) -> [Bicluster] {
    var search = HubSearch(LinkTable<Words>(band), seed: seed)
    let size = max(band.rows.count, band.columns.count)
    let rounds = improvements ?? (size <= 24 ? 40 : size <= 100 ? 20 : 0)
    search.cover(
      tries: max(1, tries ?? (size <= 100 ? 400 : 1_000)), mostClosed: mostClosed,
      isCancelled: isCancelled)
    search.improve(rounds: rounds, isCancelled: isCancelled, progress: progress)
    return search.hubs.map { hub in
      Bicluster(
        isExcitatory: band.isExcitatory, left: hub.left.members.map { $0 + band.rows.lowerBound },
        right: hub.right.members.map { $0 + band.columns.lowerBound })
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
