/// All biclusters of one sign that cannot be widened: rows and columns, two of each at least.
///
/// T. Uno, M. Kiyomi, H. Arimura, "LCM ver. 2: Efficient Mining Algorithms for Frequent/Closed/
/// Maximal Itemsets", FIMI 2004: each closed set is reached from one other only, by a column that
/// leaves what is before it as it is, so that none is met twice and none is stored to check.
struct ClosedBiclusters<Words: SIMD<UInt64> & Sendable> {
  typealias Links = LinkSet<Words>

  private let table: LinkTable<Words>
  private let most: Int
  private let mostSteps: Int
  private var steps = 0
  private var found: [Hub<Words>] = []

  /// The biclusters in a fixed order; nil when there are more than `most`, when it takes more than 40
  /// steps for each of those to tell, or when cancelled.
  ///
  /// - Parameter isCancelled: Asked every few steps.
  /// - Complexity: O(columns · rows · columns / 64) for each bicluster.
  static func all(
    _ table: LinkTable<Words>, most: Int, isCancelled: () -> Bool = { false }
  ) -> [Hub<Words>]? {
    var search = ClosedBiclusters(table: table, most: most, mostSteps: 40 * most)
    var everyRow = Links()
    for row in table.rows.indices { everyRow.insert(row) }
    guard table.rows.count > 1 else { return [] }
    let common = table.columnsShared(by: everyRow)
    search.add(Hub(left: everyRow, right: common))
    return search.extend(everyRow, common, from: 0, isCancelled) ? search.found : nil
  }

  private init(table: LinkTable<Words>, most: Int, mostSteps: Int) {
    (self.table, self.most, self.mostSteps) = (table, most, mostSteps)
  }

  private mutating func add(_ hub: Hub<Words>) {
    if hub.right.count > 1 { found.append(hub) }
  }

  /// Adds what a closed set grows to by columns from `first` on; false when that is too much or
  /// cancelled. Recursion ends at the latest when all columns are taken.
  private mutating func extend(
    _ left: Links, _ right: Links, from first: Int, _ isCancelled: () -> Bool
  ) -> Bool {
    for column in first..<max(first, table.columns.count) where !right.contains(column) {
      let rows = left.intersection(table.columns[column])
      if rows.count < 2 { continue }
      steps += 1
      if steps.isMultiple(of: 512), isCancelled() { return false }
      let columns = table.columnsShared(by: rows)
      guard columns.isEqual(to: right, below: column) else { continue }
      add(Hub(left: rows, right: columns))
      guard found.count <= most, steps <= mostSteps,
        extend(rows, columns, from: column + 1, isCancelled)
      else { return false }
    }
    return true
  }
}
