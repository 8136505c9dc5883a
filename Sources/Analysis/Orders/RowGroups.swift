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
      (0..<rows.columnCount).map { column in
        group.reduce(Float(0)) { $0 + rows[$1, column] }
      }
    }
    let directions = ActivationProfiles(
      Matrix(
        rowCount: members.count, columnCount: rows.columnCount, values: means.flatMap { $0 }))
    let widths = members.map { Double($0.count) }
    var weights = Array(repeating: 0.0, count: members.count * members.count)
    for (one, row) in directions.live.enumerated() {
      for (other, column) in directions.live.enumerated() where row != column {
        let cosine = zip(directions.unitRows.row(one), directions.unitRows.row(other))
          .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        weights[row * members.count + column] = max(0, cosine) * widths[row] * widths[column]
      }
    }
    arrangement = LinearArrangement(widths: widths, weights: weights)
  }
}
