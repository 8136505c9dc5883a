/// Crossings between neighbouring ranks when blocks are ordered by `labels`.
///
/// W. Barth, P. Mutzel, M. Jünger, "Simple and Efficient Bilayer Cross Counting", JGAA 8(2),
/// 2004, doi:10.7155/jgaa.00088: pairs of edges in opposite order at their two ends.
///
/// - Complexity: O(*e* log *e*).
func crossingCount(_ blocks: BlockGraph, _ labels: [Double]) -> Int {
  var steps = Array(repeating: [(Double, Double)](), count: blocks.rankCount)
  for block in 0..<blocks.count {
    for rank in blocks.first[block]..<blocks.last[block] {
      steps[rank].append((labels[block], labels[block]))
    }
    for next in blocks.after[block] {
      steps[blocks.last[block]].append((labels[block], labels[next]))
    }
  }
  return steps.reduce(0) { $0 + inversionCount($1.sorted(by: <).map(\.1)) }
}

/// Pairs in descending order.
///
/// - Complexity: O(*n* log *n*).
func inversionCount(_ values: [Double]) -> Int {
  var (values, scratch, count) = (values, values, 0)
  var width = 1
  while width < values.count {
    for start in stride(from: 0, to: values.count, by: 2 * width) {
      let (middle, end) = (min(start + width, values.count), min(start + 2 * width, values.count))
      var (left, right) = (start, middle)
      for place in start..<end {
        if left < middle, right >= end || values[left] <= values[right] {
          scratch[place] = values[left]
          left += 1
        } else {
          scratch[place] = values[right]
          right += 1
          count += middle - left
        }
      }
    }
    swap(&values, &scratch)
    width *= 2
  }
  return count
}
