import Tensors

extension LloydSearch {
  /// Leaves local optima by adding a few centroids where the error is large and removing as many
  /// where they are missed least, again and again, fewer each time it does not help.
  ///
  /// B. Fritzke, "The Breathing K-Means Algorithm", arXiv:2006.15666, 2020.
  ///
  /// - Parameter depth: Centroids added at first; the capacity must leave room for them.
  mutating func breathe(
    depth: Int, tolerance: Double, using random: inout SeededGenerator,
    isCancelled: () -> Bool
  ) {
    run(tolerance: tolerance, isCancelled: isCancelled)
    var best = self
    var count = min(depth, centroidCount / 2, capacity - centroidCount)
    while count > 0, !isCancelled(), best.inertia > 0 {
      breatheIn(count, using: &random)
      run(tolerance: tolerance, isCancelled: isCancelled)
      breatheOut(count)
      run(tolerance: tolerance, isCancelled: isCancelled)
      let isBetter = inertia < best.inertia * (1 - 1e-4)
      if inertia < best.inertia { best = self } else { self = best }
      if !isBetter { count -= 1 }
    }
    self = best
    forgetInertia()
    run(tolerance: 1e-7, isCancelled: isCancelled)
    moveSingleRows(isCancelled: isCancelled)
  }

  /// Doubles the centroids with the largest error, slightly moved.
  private mutating func breatheIn(_ count: Int, using random: inout SeededGenerator) {
    assign()
    var errors = Array(repeating: 0.0, count: centroidCount)
    for row in 0..<rows.count { errors[label(of: row)] += Double(distance(of: row)) }
    let step = Float((inertia / Double(rows.count)).squareRoot()) * 0.01
    var moved: [MovedCentroid] = []
    for index in ascendingIndices(of: errors.map { -$0 }).prefix(count) {
      let offset = (0..<rows.columnCount).map { _ in
        (Float(random.next() >> 40) * 0x1p-24 - 0.5) * step
      }
      moved.append(MovedCentroid(source: index, offset: offset))
    }
    append(moved)
  }

  /// Removes the centroids whose rows lose least by going to their second nearest; a removed
  /// centroid's nearest neighbour must stay, as it takes the rows.
  private mutating func breatheOut(_ count: Int) {
    assign()
    var losses = Array(repeating: 0.0, count: centroidCount)
    for row in 0..<rows.count {
      losses[label(of: row)] += Double(second[row / 8][row % 8] - distance(of: row))
    }
    let ascending = ascendingIndices(of: losses)
    var removed: [Int] = []
    var frozen: [Int] = []
    for index in ascending where removed.count < count && !frozen.contains(index) {
      removed.append(index)
      if frozen.count + count < centroidCount,
        let heir = nearestCentroid(to: index, except: removed)
      {
        if !frozen.contains(heir) { frozen.append(heir) }
      }
    }
    for index in ascending where removed.count < count && !removed.contains(index) {
      removed.append(index)
    }
    remove(removed)
  }

  private func nearestCentroid(to index: Int, except removed: [Int]) -> Int? {
    var best: (index: Int, distance: Float)?
    for other in 0..<centroidCount where !removed.contains(other) {
      let distance = centroids.squaredDistance(index, other)
      if distance < best?.distance ?? .infinity { best = (other, distance) }
    }
    return best?.index
  }
}

/// Indices of `values` from the smallest to the largest, the lower index first among equals.
func ascendingIndices(of values: [some Comparable]) -> [Int] {
  values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
}
