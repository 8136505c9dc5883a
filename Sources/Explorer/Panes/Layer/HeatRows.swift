/// Rows of a layer's heatmap on screen: which of the layer's rows each stands for.
struct HeatRows {
  /// Per screen row; empty ranges are gaps between clusters.
  var rows: [Range<Int>]
  /// First screen row shown.
  var start: Int
  /// True where a row stands for several neurons.
  var isBinned: Bool

  /// One row a neuron where they fit or `zoomed`, else clusters share the rows by size, each
  /// with one at least; no row mixes clusters unless there are more clusters than rows.
  init(_ clusters: [Range<Int>], height: Int, zoomed: Bool) {
    start = 0
    let clusters = clusters.filter { !$0.isEmpty }
    let count = clusters.last?.upperBound ?? 0
    let gaps = max(0, clusters.count - 1)
    if zoomed || count <= height {
      isBinned = false
      let hasGaps = !zoomed && count + gaps <= height
      rows = separated(clusters.map { $0.map { $0..<$0 + 1 } }, gaps: hasGaps)
    } else if clusters.count > height {
      isBinned = true
      rows = evenBins(count, into: height)
    } else {
      isBinned = true
      let hasGaps = height - gaps >= 2 * clusters.count
      let shares = sharedOut(clusters.map(\.count), over: height - (hasGaps ? gaps : 0))
      rows = separated(
        zip(clusters, shares).map { cluster, share in
          evenBins(cluster.count, into: share).map {
            cluster.lowerBound + $0.lowerBound..<cluster.lowerBound + $0.upperBound
          }
        }, gaps: hasGaps)
    }
  }

  /// Screen row of a row of the layer.
  func place(of row: Int) -> Int? { rows.firstIndex { $0.contains(row) } }
}

private func separated(_ groups: [[Range<Int>]], gaps: Bool) -> [Range<Int>] {
  var rows: [Range<Int>] = []
  for group in groups {
    if gaps, let last = rows.last { rows.append(last.upperBound..<last.upperBound) }
    rows += group
  }
  return rows
}

/// `total` rows in proportion to `sizes`, at least one and at most `size` each; what rounding
/// leaves goes to the largest remainders, first ones first.
///
/// - Precondition: `total` is no less than the number of sizes.
func sharedOut(_ sizes: [Int], over total: Int) -> [Int] {
  let sum = sizes.reduce(0, +)
  guard sum > 0 else { return sizes.map { _ in 0 } }
  let exact = sizes.map { Double($0) * Double(total) / Double(sum) }
  var shares = zip(sizes, exact).map { size, exact in max(1, min(size, Int(exact))) }
  var left = total - shares.reduce(0, +)
  let order = sizes.indices.sorted {
    (exact[$1] - Double(shares[$1]), $0) < (exact[$0] - Double(shares[$0]), $1)
  }
  while left != 0 {
    let before = left
    for index in left > 0 ? order : order.reversed() where left != 0 {
      let step = left > 0 ? 1 : -1
      guard (1...sizes[index]).contains(shares[index] + step) else { continue }
      shares[index] += step
      left -= step
    }
    if left == before { break }
  }
  return shares
}
