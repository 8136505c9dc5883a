import Tensors

/// Distances between rows, kept for measuring the silhouettes of several clusterings.
///
/// P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster
/// analysis", J. Comput. Appl. Math. 20, 1987, doi:10.1016/0377-0427(87)90125-7.
///
/// Exact up to ``sampleLimit`` rows; above, a sample of so many rows drawn with the seed stands
/// for all of them.
public struct SilhouetteDistances: Sendable {
  /// Most rows measured; their distances take 16 MiB.
  public static let sampleLimit = 2048

  /// Live rows measured, ascending.
  public let sample: [Int]
  /// Whether every live row is measured.
  public let isExact: Bool
  /// Euclidean distances between unit rows: panel of eight × row.
  private let distances: [SIMD8<Float>]

  /// - Complexity: O(min(rows, 2048)² · classes).
  public init(_ profiles: ActivationProfiles, seed: UInt64) {
    let rows = profiles.unitRows
    sample = Self.sample(of: rows.rowCount, seed: seed)
    isExact = sample.count == rows.rowCount
    let measured =
      isExact
      ? rows
      : Matrix(
        rowCount: sample.count, columnCount: rows.columnCount,
        values: sample.flatMap { rows.row($0) })
    let panels = RowPanels(measured)
    let count = sample.count
    var distances = Array(repeating: SIMD8<Float>.zero, count: panels.panelCount * count)
    panels.forEachProduct(with: RowQuads(measured)) { panel, row, products in
      let squares = 2 - 2 * products
      let positive = squares.replacing(with: 0, where: squares .< 2e-6)
      distances[panel * count + row] = positive.squareRoot()
    }
    self.distances = distances
  }

  /// Over distances made elsewhere, of any kind; sampled above the limit as profiles are.
  init(_ table: SquareDistances, seed: UInt64) {
    sample = Self.sample(of: table.count, seed: seed)
    isExact = sample.count == table.count
    let measured = isExact ? table : table.permuted(sample)
    let count = sample.count
    var distances = Array(
      repeating: SIMD8<Float>.zero, count: (count + 7) / 8 * count)
    let values = measured.values.span
    for row in 0..<count {
      for panel in 0..<(count + 7) / 8 {
        let vector = values.vector(at: row * measured.stride + panel * 8)
        distances[panel * count + row] = vector
      }
      distances[row / 8 * count + row][row % 8] = 0
    }
    self.distances = distances
  }

  private static func sample(of count: Int, seed: UInt64) -> [Int] {
    guard count > sampleLimit else { return Array(0..<count) }
    var random = SeededGenerator(seed: seed)
    return Array(Array(0..<count).shuffled(using: &random).prefix(sampleLimit)).sorted()
  }

  /// Mean silhouette, -1…1: how much nearer rows are to their own cluster than to the next one.
  ///
  /// A row alone in its cluster counts 0. Nil with fewer than two clusters among those measured.
  /// - Parameter labels: Cluster of each live row, `0..<clusterCount`.
  /// - Complexity: O(min(rows, 2048)²).
  public func meanSilhouette(_ labels: [Int], clusterCount: Int) -> Double? {
    let measured = sample.map { labels[$0] }
    var sizes = Array(repeating: 0, count: clusterCount)
    for label in measured { sizes[label] += 1 }
    guard sizes.count(where: { $0 > 0 }) > 1 else { return nil }
    var total = 0.0
    for panel in 0..<(measured.count + 7) / 8 {
      let sums = distanceSums(panel: panel, measured, clusterCount)
      for lane in 0..<min(8, measured.count - panel * 8) {
        let own = measured[panel * 8 + lane]
        total += silhouette(own, sums.map { Double($0[lane]) }, sizes)
      }
    }
    return total / Double(measured.count)
  }

  /// Distances of eight rows summed over each cluster.
  private func distanceSums(
    panel: Int, _ labels: [Int], _ clusterCount: Int
  ) -> [SIMD8<Float>] {
    var sums = Array(repeating: SIMD8<Float>.zero, count: clusterCount)
    for (row, label) in labels.enumerated() {
      sums[label] += distances[panel * labels.count + row]
    }
    return sums
  }

  private func silhouette(_ own: Int, _ sums: [Double], _ sizes: [Int]) -> Double {
    guard sizes[own] > 1 else { return 0 }
    let inside = sums[own] / Double(sizes[own] - 1)
    var outside = Double.infinity
    for (label, sum) in sums.enumerated() where label != own && sizes[label] > 0 {
      outside = min(outside, sum / Double(sizes[label]))
    }
    let larger = max(inside, outside)
    return larger > 0 ? (outside - inside) / larger : 0
  }
}
