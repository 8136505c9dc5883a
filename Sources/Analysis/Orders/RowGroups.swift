import Tensors

/// Live rows by cluster, and how alike the clusters are.
struct RowGroups {
  /// Label of each group that has live rows, ascending.
  let names: [Int]
  /// Live rows of each group, ascending; rows without a label are one group, named -1.
  let members: [[Int]]
  /// Groups as wide as they have rows, weighted by the cosine of their mean profiles.
  let arrangement: LinearArrangement

  init(_ profiles: ActivationProfiles, labels: [Int]) {
    let live = profiles.live.map { max(-1, labels[$0]) }
    names = Set(live).sorted()
    let byName = Dictionary(grouping: live.indices) { live[$0] }
    members = names.map { byName[$0] ?? [] }
    let rows = profiles.unitRows
    let means = members.map { group in
      var sums = Array(repeating: Float(0), count: rows.columnCount)
      for row in group { rows.withRow(row) { add($0, to: &sums) } }
      return sums
    }
    let directions = ActivationProfiles(
      Matrix(
        rowCount: members.count, columnCount: rows.columnCount, values: means.flatMap { $0 }))
    let widths = members.map { Double($0.count) }
    var weights = Array(repeating: 0.0, count: members.count * members.count)
    for (one, row) in directions.live.enumerated() {
      for (other, column) in directions.live.enumerated().prefix(one) {
        let cosine = directions.unitRows.withRow(one) { mine in
          directions.unitRows.withRow(other) { product(mine, $0) }
        }
        let weight = max(0, cosine) * widths[row] * widths[column]
        weights[row * members.count + column] = weight
        weights[column * members.count + row] = weight
      }
    }
    arrangement = LinearArrangement(widths: widths, weights: weights)
  }
}

/// Apart, so that both have one length that the compiler knows of: it then adds in vectors.
private func add(_ values: Span<Float>, to sums: inout [Float]) {
  precondition(values.count == sums.count)
  var sums = sums.mutableSpan
  for place in values.indices { sums[place] += values[place] }
}

/// In double precision, from the first value to the last.
private func product(_ one: Span<Float>, _ other: Span<Float>) -> Double {
  precondition(one.count == other.count)
  var sum = 0.0
  for place in one.indices { sum += Double(one[place]) * Double(other[place]) }
  return sum
}
