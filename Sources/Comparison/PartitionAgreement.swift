/// How far two ways to group the same neurons agree: the adjusted Rand index, 1 for the same
/// groups, about 0 for chance.
///
/// L. Hubert, P. Arabie, "Comparing partitions", Journal of Classification 2, 1985,
/// doi:10.1007/BF01908075.
///
/// - Parameters:
///   - first: Group of each neuron.
///   - second: Group of the same neurons.
/// - Returns: Nil for fewer than two neurons.
/// - Complexity: O(neurons + groups of the first · groups of the second).
public func adjustedRandIndex(_ first: [Int], _ second: [Int]) -> Double? {
  precondition(first.count == second.count)
  guard first.count > 1 else { return nil }
  let (rows, columns) = (places(first), places(second))
  let width = (columns.max() ?? -1) + 1
  var table = Array(repeating: 0, count: ((rows.max() ?? -1) + 1) * width)
  var rowSums = Array(repeating: 0, count: (rows.max() ?? -1) + 1)
  var columnSums = Array(repeating: 0, count: width)
  for (row, column) in zip(rows, columns) {
    table[row * width + column] += 1
    rowSums[row] += 1
    columnSums[column] += 1
  }
  let pairs = { (count: Int) in Double(count) * Double(count - 1) / 2 }
  let joint = table.reduce(0) { $0 + pairs($1) }
  let (a, b) = (rowSums.reduce(0) { $0 + pairs($1) }, columnSums.reduce(0) { $0 + pairs($1) })
  let expected = a * b / pairs(first.count)
  let most = (a + b) / 2
  return most == expected ? 1 : (joint - expected) / (most - expected)
}

/// Labels as numbers from 0, in the order of their first appearance.
private func places(_ labels: [Int]) -> [Int] {
  var known: [Int: Int] = [:]
  return labels.map { label in
    let place = known[label] ?? known.count
    known[label] = place
    return place
  }
}
