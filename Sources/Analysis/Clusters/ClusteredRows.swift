import Tensors

/// Unit rows in the layouts that clustering needs.
struct ClusteredRows: Sendable {
  let matrix: Matrix
  let panels: RowPanels
  /// Squared length of each row, as the dot kernel sums it.
  let squaredLengths: [Float]

  init(_ profiles: ActivationProfiles) {
    matrix = profiles.unitRows
    panels = RowPanels(profiles.unitRows)
    squaredLengths = profiles.squaredLengths
  }

  var count: Int { matrix.rowCount }
  var columnCount: Int { matrix.columnCount }

  /// Squared distances of every row from each row in `targets`; targets × rows.
  func distances(to targets: [Int]) -> [[Float]] {
    let quads = RowQuads(matrix.values.span, columnCount: columnCount, rows: targets)
    var result = Array(repeating: Array(repeating: Float(0), count: count), count: targets.count)
    panels.forEachProduct(with: quads) { panel, place, products in
      let length = squaredLengths[targets[place]]
      for lane in 0..<min(8, count - panel * 8) {
        let row = panel * 8 + lane
        result[place][row] = max(0, squaredLengths[row] + length - 2 * products[lane])
      }
    }
    return result
  }
}
