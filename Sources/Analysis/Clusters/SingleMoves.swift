extension LloydSearch {
  /// Moves rows one by one where that lowers the inertia although their own mean is nearest: the
  /// means of both clusters follow the row.
  ///
  /// J. A. Hartigan, "Clustering Algorithms", Wiley 1975; N. Slonim, E. Aharoni, K. Crammer,
  /// "Hartigan's K-Means Versus Lloyd's K-Means: Is It Time for a Change?", IJCAI 2013.
  ///
  /// - Complexity: O(rows · *k*) a round and Lloyd's iterations after it; at most 50 rounds.
  mutating func moveSingleRows(isCancelled: () -> Bool) {
    for _ in 0..<50 where !isCancelled() {
      let moves = improvingMoves()
      if moves.isEmpty { return }
      for move in moves { self.move(row: move.row, to: move.target) }
      moveToMeans()
      forgetInertia()
      run(tolerance: 1e-7, isCancelled: isCancelled)
    }
  }

  /// A row that should leave its cluster.
  private struct SingleMove {
    var row: Int
    var target: Int
    var gain: Float
  }

  /// Moves that lower the inertia, the best first; no two touch the same cluster, so that their
  /// gains add up.
  private func improvingMoves() -> [SingleMove] {
    var sizes = Array(repeating: Float(0), count: centroidCount)
    for row in 0..<rows.count { sizes[label(of: row)] += 1 }
    let joining = sizes.map { $0 / ($0 + 1) }
    var moves: [SingleMove] = []
    var candidates = Array(repeating: SIMD8<Float>.zero, count: centroidCount)
    for panel in labels.indices {
      let (costs, targets) = cheapestJoin(panel, joining, &candidates)
      for lane in 0..<min(8, rows.count - panel * 8) {
        let size = sizes[Int(labels[panel][lane])]
        guard size > 1 else { continue }
        let gain = nearest[panel][lane] * (size / (size - 1)) - costs[lane]
        if gain > 1e-6 {
          moves.append(
            SingleMove(row: panel * 8 + lane, target: Int(targets[lane]), gain: gain))
        }
      }
    }
    var isTouched = Array(repeating: false, count: centroidCount)
    return moves.sorted { $0.gain == $1.gain ? $0.row < $1.row : $0.gain > $1.gain }.filter {
      let source = label(of: $0.row)
      if isTouched[source] || isTouched[$0.target] { return false }
      isTouched[source] = true
      isTouched[$0.target] = true
      return true
    }
  }

  /// Growth of the inertia where each row of a panel would join another cluster, and which.
  ///
  /// - Parameter candidates: Room for a vector a centroid.
  private func cheapestJoin(
    _ panel: Int, _ joining: [Float], _ candidates: inout [SIMD8<Float>]
  ) -> (costs: SIMD8<Float>, targets: SIMD8<Int32>) {
    let first = panel * capacity
    for index in candidates.indices { candidates[index] = scores[first + index] }
    // A row's own cluster is out of the question. Lane by lane, for integers are compared so, too.
    for lane in 0..<min(8, rows.count - panel * 8) {
      candidates[Int(labels[panel][lane])][lane] = .infinity
    }
    let lengths = rows.lengths(panel)
    var costs = SIMD8<Float>(repeating: .infinity)
    var targets = SIMD8<Int32>(repeating: 0)
    let (mine, factors) = (candidates.span, joining.span)
    for index in mine.indices {
      let cost = (mine[index] + lengths) * factors[index]
      let isCheaper = cost .< costs
      costs.replace(with: cost, where: isCheaper)
      targets.replace(with: Int32(truncatingIfNeeded: index), where: isCheaper)
    }
    return (costs, targets)
  }
}
