import Tensors

/// Rows chosen as first centroids by greedy k-means++: each next one is the best of a few drawn
/// with probability proportional to the squared distance from those already chosen.
///
/// D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007;
/// the greedy variant is theirs too. One candidate is plain k-means++; four, as many as the dot
/// kernel takes at once, stand for their 2 + ln *k*.
///
/// Fewer rows than asked for come back when no row is left at a distance: there are no more
/// distinct rows; or when `isCancelled`, asked for each, answers true.
/// - Complexity: O(rows · columns · *k*).
func spreadSeeds(
  count: Int, candidateCount: Int, of rows: ClusteredRows, using random: inout SeededGenerator,
  isCancelled: () -> Bool = { false }
) -> [Int] {
  guard rows.count > 0, count > 0 else { return [] }
  var chosen = [Int(random.next() % UInt64(rows.count))]
  var nearest = rows.distances(to: chosen)[0]
  while chosen.count < count, !isCancelled() {
    let potential = nearest.reduce(0.0) { $0 + Double($1) }
    guard potential > 0 else { break }
    let candidates = (0..<candidateCount).map { _ in
      draw(in: nearest, total: potential, using: &random)
    }
    var best: (row: Int, potential: Double, nearest: [Float])?
    for (candidate, distances) in zip(candidates, rows.distances(to: candidates)) {
      var (merged, sum) = (distances, 0.0)
      for row in merged.indices {
        merged[row] = min(merged[row], nearest[row])
        sum += Double(merged[row])
      }
      if sum < best?.potential ?? .infinity { best = (candidate, sum, merged) }
    }
    guard let best else { break }
    chosen.append(best.row)
    nearest = best.nearest
  }
  return chosen
}

/// A row drawn with probability proportional to its weight; never one of weight zero.
private func draw(
  in weights: [Float], total: Double, using random: inout SeededGenerator
) -> Int {
  var rest = random.unit() * total
  var last = 0
  for row in weights.indices where weights[row] > 0 {
    rest -= Double(weights[row])
    last = row
    if rest < 0 { break }
  }
  return last
}
