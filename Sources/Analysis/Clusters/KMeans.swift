import Tensors

/// k-means on unit-length rows: greedy k-means++ seeds, Lloyd, breathing, best of several starts.
///
/// The problem is NP-hard; the result is a local optimum, usually within 1 % of the best known.
/// Equal inputs and seeds give equal results, bit for bit.
public struct KMeans: Sendable {
  /// Clusters to make; fewer come back when there are fewer distinct rows.
  public var clusterCount: Int
  public var seed: UInt64
  /// Independent starts; the lowest inertia wins.
  public var starts: Int
  /// Centroids that breathing adds at first; 0 turns it off.
  public var breathingDepth = 5
  /// Share of the inertia below which an improvement ends a run.
  public var tolerance = 1e-4

  public init(clusterCount: Int, seed: UInt64 = 0, starts: Int = 3) {
    self.clusterCount = clusterCount
    self.seed = seed
    self.starts = starts
  }

  /// Starts that are worth their time: three for up to 1,024 rows, where local optima differ
  /// most, and one above.
  public static func suggestedStarts(rowCount: Int) -> Int { rowCount <= 1024 ? 3 : 1 }

  /// Clusters neurons by the direction of their rows.
  ///
  /// - Parameter profiles: Neurons × classes, any scale; dead rows get the label -1.
  /// - Complexity: O(starts · iterations · neurons · classes · *k*).
  public func cluster(_ profiles: Matrix) throws(ClusteringError) -> Clustering {
    let profiles = ActivationProfiles(profiles)
    let found = try partition(profiles)
    let distances = SilhouetteDistances(profiles, seed: seed)
    return Clustering(
      labels: profiles.spread(found.labels), clusterCount: found.clusterCount,
      silhouette: distances.meanSilhouette(found.labels, clusterCount: found.clusterCount),
      method: "k-means on class profiles (cosine), k = \(found.clusterCount), seed \(seed)")
  }

  /// Clusters the live rows of `profiles`.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked at each step; true ends the work with `.cancelled`.
  ///   - progress: Told how far it is after each start.
  public func partition(
    _ profiles: ActivationProfiles, isCancelled: () -> Bool = { false },
    progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> KMeansPartition {
    try partition(
      ClusteredRows(searching: profiles, isCancelled: isCancelled), isCancelled: isCancelled,
      progress: progress)
  }

  func partition(
    _ rows: ClusteredRows, isCancelled: () -> Bool, progress: (WorkProgress) -> Void = { _ in }
  ) throws(ClusteringError) -> KMeansPartition {
    guard clusterCount > 0 else { throw .clusterCount(clusterCount) }
    guard starts > 0 else { throw .startCount(starts) }
    guard rows.count > 0 else { return KMeansPartition(labels: [], clusterCount: 0, inertia: 0) }
    var found: [KMeansPartition] = []
    for start in 0..<starts {
      found.append(run(rows, start: start, isCancelled: isCancelled))
      if isCancelled() { throw .cancelled }
      progress(WorkProgress(.clusters, share: Double(start + 1) / Double(starts)))
    }
    var best = best(of: found)
    best.inertia = Analysis.inertia(of: best.labels, in: rows.matrix)
    return best
  }

  /// The tightest of what several starts came to, the first of equals.
  func best(of found: [KMeansPartition]) -> KMeansPartition {
    var best: KMeansPartition?
    for each in found where each.inertia < best?.inertia ?? .infinity { best = each }
    return best ?? KMeansPartition(labels: [], clusterCount: 0, inertia: 0)
  }

  /// What one start comes to, its inertia as precise as products of rows are, or
  /// ``KMeansPartition/unfinished`` when cancelled; starts can run side by side.
  func run(_ rows: ClusteredRows, start: Int, isCancelled: () -> Bool) -> KMeansPartition {
    let count = min(clusterCount, rows.count)
    var random = SeededGenerator(seed: seed &+ UInt64(start) &* 0xD134_2543_DE82_EF95)
    var search = LloydSearch(rows, capacity: count + max(0, min(breathingDepth, count / 2)))
    // Greedy seeds are better, but too alike to start from only them.
    let candidateCount = start.isMultiple(of: 2) ? 4 : 1
    let seeds = spreadSeeds(
      count: count, candidateCount: candidateCount, of: rows, using: &random,
      isCancelled: isCancelled)
    for row in seeds { search.append(row: row) }
    if isCancelled() { return .unfinished }
    search.breathe(
      depth: breathingDepth, tolerance: tolerance, using: &random, isCancelled: isCancelled)
    // Rows may have no cluster yet.
    if isCancelled() { return .unfinished }
    return KMeansPartition(labels: (0..<rows.count).map { search.label(of: $0) }, rows: rows)
  }
}

/// Rows in groups, and how tight the groups are.
public struct KMeansPartition: Equatable, Sendable {
  /// Cluster of each row; the largest cluster is 0, equals by their first row.
  public var labels: [Int]
  public var clusterCount: Int
  /// Sum of squared distances from the mean of the cluster, in double precision.
  public var inertia: Double

  /// What a cancelled search comes to: looser than any.
  static let unfinished = KMeansPartition(labels: [], clusterCount: 0, inertia: .infinity)

  init(labels: [Int], clusterCount: Int, inertia: Double) {
    self.labels = labels
    self.clusterCount = clusterCount
    self.inertia = inertia
  }

  /// Numbers the clusters by size and measures the inertia afresh, as ``ClusteredRows`` does.
  init(labels: [Int], rows: ClusteredRows) {
    (self.labels, clusterCount) = numberedBySize(labels)
    inertia = rows.inertia(of: self.labels)
  }
}

/// Sum of squared distances of rows from the mean of their cluster, in double precision.
///
/// - Parameter labels: Cluster of each row, 0-based.
/// - Complexity: O(rows · columns).
public func inertia(of labels: [Int], in rows: Matrix) -> Double {
  let clusterCount = (labels.max() ?? -1) + 1
  let width = rows.columnCount
  var means = Array(repeating: 0.0, count: clusterCount * width)
  var counts = Array(repeating: 0.0, count: clusterCount)
  for (row, label) in labels.enumerated() {
    counts[label] += 1
    rows.withRow(row) { source in
      for column in source.indices { means[label * width + column] += Double(source[column]) }
    }
  }
  for place in means.indices { means[place] /= counts[place / width] }
  var sum = 0.0
  for (row, label) in labels.enumerated() {
    rows.withRow(row) { source in
      for column in source.indices {
        let difference = Double(source[column]) - means[label * width + column]
        sum += difference * difference
      }
    }
  }
  return sum
}

/// Labels renumbered so that the largest cluster is 0, equals by their first row; empty clusters
/// vanish, negative labels stay.
func numberedBySize(_ labels: [Int]) -> (labels: [Int], clusterCount: Int) {
  var sizes = Array(repeating: 0, count: (labels.max() ?? -1) + 1)
  var firsts = Array(repeating: labels.count, count: sizes.count)
  for (row, label) in labels.enumerated() where label >= 0 {
    sizes[label] += 1
    firsts[label] = min(firsts[label], row)
  }
  let order = sizes.indices.filter { sizes[$0] > 0 }.sorted {
    sizes[$0] == sizes[$1] ? firsts[$0] < firsts[$1] : sizes[$0] > sizes[$1]
  }
  var numbers = Array(repeating: 0, count: sizes.count)
  for (number, label) in order.enumerated() { numbers[label] = number }
  return (labels.map { $0 < 0 ? $0 : numbers[$0] }, order.count)
}
