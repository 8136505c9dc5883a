import Tensors

/// Mean-shift on unit-length rows: windows climb to where rows are dense; those that end together
/// are one cluster. CNNVis' other choice beside k-means; it finds the number of clusters itself,
/// given the width of the window.
///
/// K. Fukunaga, L. Hostetler, "The Estimation of the Gradient of a Density Function", IEEE Trans.
/// Inf. Theory 21(1), 1975, doi:10.1109/TIT.1975.1055330; D. Comaniciu, P. Meer, "Mean Shift: A
/// Robust Approach Toward Feature Space Analysis", TPAMI 24(5), 2002, doi:10.1109/34.1000236.
///
/// The window is flat, so no function is called whose last bit differs between systems. Windows
/// start from rows spread as k-means++ spreads them, not from every row: the cost is bounded.
public struct MeanShift: Sendable {
  /// Radius of the window, as a Euclidean distance between unit rows (√2 is a right angle);
  /// estimated when nil.
  public var bandwidth: Double?
  /// Share of the rows inside the window of a typical row, for the estimate; at least their
  /// square root.
  public var quantile = 0.1
  /// Most windows; fewer where rows are many and long.
  public var mostWindows = 512
  /// Moves of a window before it is taken as it is.
  public var mostSteps = 100
  public var seed: UInt64

  public init(bandwidth: Double? = nil, seed: UInt64 = 0) {
    self.bandwidth = bandwidth
    self.seed = seed
  }

  /// Clusters, and the window they were found with.
  public struct Partition: Equatable, Sendable {
    /// Cluster of each live row; the largest cluster is 0, equals by their first row.
    public var labels: [Int]
    public var clusterCount: Int
    /// The radius used.
    public var bandwidth: Double
  }

  /// Clusters the live rows of `profiles`.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked at each step; true ends the work with `.cancelled`.
  ///   - progress: Told how far it is.
  /// - Complexity: O(steps · windows · rows · classes), and windows · rows · classes about 2²⁸ at most.
  public func partition(
    _ profiles: ActivationProfiles, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> Partition {
    if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) { throw .bandwidth(bandwidth) }
    let rows = ClusteredRows(profiles)
    var random = SeededGenerator(seed: seed)
    let radius = bandwidth ?? estimatedBandwidth(rows, using: &random)
    guard rows.count > 0 else { return Partition(labels: [], clusterCount: 0, bandwidth: radius) }
    let starts = spreadSeeds(
      count: windowCount(rows), candidateCount: 1, of: rows, using: &random,
      isCancelled: isCancelled)
    // Distances between equal rows are not exactly 0 after rounding.
    var search = WindowSearch(rows, starts: starts, squaredRadius: Float(radius * radius) + 1e-6)
    for step in 0..<max(1, mostSteps) {
      if isCancelled() { throw .cancelled }
      progress(WorkProgress(.clusters, share: Double(step) / Double(max(1, mostSteps))))
      if !search.climb(isCancelled: isCancelled) { break }
    }
    if isCancelled() { throw .cancelled }
    let (labels, count) = numberedBySize(search.labels())
    progress(WorkProgress(.clusters, share: 1))
    return Partition(labels: labels, clusterCount: count, bandwidth: radius)
  }

  private func windowCount(_ rows: ClusteredRows) -> Int {
    let work = max(1, rows.count * rows.columnCount)
    return min(rows.count, max(1, mostWindows), max(32, (1 << 28) / work))
  }

  /// Mean distance of up to 256 rows from their neighbour at ``quantile`` of all rows, or at the
  /// square root of their number where that is farther: a few rows are no density.
  private func estimatedBandwidth(
    _ rows: ClusteredRows, using random: inout SeededGenerator
  ) -> Double {
    guard rows.count > 1 else { return 1 }
    let sample = Array(Array(0..<rows.count).shuffled(using: &random).prefix(256)).sorted()
    let share = min(1, max(0, quantile))
    let fewest = Int(Double(rows.count).squareRoot().rounded())
    let place = min(rows.count - 1, max(1, fewest, Int(share * Double(rows.count))))
    var sum = 0.0
    for row in sample {
      let squares = rows.distances(to: [row])[0].sorted()
      sum += Double(squares[place]).squareRoot()
    }
    return max(1e-3, sum / Double(sample.count))
  }
}
