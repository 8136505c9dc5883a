import Tensors

/// One sign of a part of a weight matrix.
struct SignedBand: Sendable {
  var weights: Matrix
  var rows: Range<Int>
  var columns: Range<Int>
  var isExcitatory: Bool
}

/// The links of one sign, by row and by column.
struct LinkTable<Words: SIMD<UInt64> & Sendable>: Sendable {
  typealias Links = LinkSet<Words>

  var rows: [Links]
  var columns: [Links]

  init(_ band: SignedBand) {
    rows = Array(repeating: Links(), count: band.rows.count)
    columns = Array(repeating: Links(), count: band.columns.count)
    for row in rows.indices {
      for column in columns.indices {
        let weight = band.weights[row + band.rows.lowerBound, column + band.columns.lowerBound]
        if weight.isFinite, band.isExcitatory ? weight > 0 : weight < 0 {
          rows[row].insert(column)
          columns[column].insert(row)
        }
      }
    }
  }

  /// Takes out all links of a hub.
  mutating func remove(_ hub: Hub<Words>) {
    hub.left.forEach { rows[$0].subtract(hub.right) }
    hub.right.forEach { columns[$0].subtract(hub.left) }
  }

  /// Columns that all of `left` are linked to.
  func columnsShared(by left: Links) -> Links {
    shared(left, rows)
  }

  /// Rows that all of `right` are linked to.
  func rowsShared(by right: Links) -> Links {
    shared(right, columns)
  }

  private func shared(_ members: Links, _ lists: [Links]) -> Links {
    var result: Links?
    members.forEach { result = result?.intersection(lists[$0]) ?? lists[$0] }
    return result ?? Links()
  }

  /// Links that are left.
  var count: Int { rows.reduce(0) { $0 + $1.count } }
}

/// Rows and columns that meet in one point.
struct Hub<Words: SIMD<UInt64> & Sendable>: Equatable, Sendable {
  var left: LinkSet<Words>
  var right: LinkSet<Words>

  /// Lines it takes to draw.
  var lineCount: Int { left.count + right.count }
}
