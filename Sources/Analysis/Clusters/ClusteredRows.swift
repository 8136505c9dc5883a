import Tensors

/// Unit rows in the layouts that clustering needs.
struct ClusteredRows: Sendable {
  let matrix: Matrix
  let panels: RowPanels
  /// Squared length of each row, as the dot kernel sums it.
  let squaredLengths: [Float]
  /// The same, eight rows to a vector.
  private let lengthPanels: [SIMD8<Float>]
  /// Products of every two rows, where a search is to work with these.
  let products: RowProducts?

  private init(_ matrix: Matrix, _ squaredLengths: [Float], _ products: RowProducts?) {
    self.matrix = matrix
    panels = RowPanels(matrix)
    self.squaredLengths = squaredLengths
    lengthPanels = (0..<panels.panelCount).map { panel in
      var lengths = SIMD8<Float>.zero
      for lane in 0..<min(8, squaredLengths.count - panel * 8) {
        lengths[lane] = squaredLengths[panel * 8 + lane]
      }
      return lengths
    }
    self.products = products
  }

  /// Without products: rows themselves are to be compared.
  init(_ profiles: ActivationProfiles) {
    self.init(profiles.unitRows, profiles.squaredLengths, nil)
  }

  /// With products where they pay, for a search.
  init(searching profiles: ActivationProfiles, isCancelled: () -> Bool = { false }) {
    let rows = profiles.unitRows
    let pay = RowProducts.pay(rowCount: rows.rowCount, columnCount: rows.columnCount)
    self.init(
      rows, profiles.squaredLengths, pay ? RowProducts(rows, isCancelled: isCancelled) : nil)
  }

  /// Some of the rows, as they would be if there were no others.
  func selecting(_ chosen: [Int]) -> ClusteredRows {
    if chosen.elementsEqual(0..<count) { return self }
    let selected = Matrix(
      rowCount: chosen.count, columnCount: columnCount,
      values: chosen.flatMap { Array(matrix.row($0)) })
    guard RowProducts.pay(rowCount: chosen.count, columnCount: columnCount) else {
      return ClusteredRows(selected, chosen.map { squaredLengths[$0] }, nil)
    }
    return ClusteredRows(
      selected, chosen.map { squaredLengths[$0] },
      products?.selecting(chosen) ?? RowProducts(selected))
  }

  /// Squared lengths of a panel's rows; 0 past the last row.
  @inline(__always)
  func lengths(_ panel: Int) -> SIMD8<Float> { lengthPanels[panel] }

  var count: Int { matrix.rowCount }
  var columnCount: Int { matrix.columnCount }

  /// Squared distances of every row from each row in `targets`; targets × rows.
  func distances(to targets: [Int]) -> [[Float]] {
    if let products { return targets.map { distances(to: $0, products) } }
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

  /// The same from products that are known: the same bits.
  private func distances(to target: Int, _ products: RowProducts) -> [Float] {
    let length = squaredLengths[target]
    return (0..<count).map { row in
      max(0, squaredLengths[row] + length - 2 * products[target, row])
    }
  }

  /// Sum of squared distances of rows from the mean of their cluster: of rows in double precision; of
  /// products, which are single, to about 1e-7 for each row.
  ///
  /// - Parameter labels: Cluster of each row, 0-based.
  /// - Complexity: O(rows · columns), or O(rows²) where products are known.
  func inertia(of labels: [Int]) -> Double {
    guard let products else { return Analysis.inertia(of: labels, in: matrix) }
    var members = Array(repeating: [Int](), count: (labels.max() ?? -1) + 1)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    let whole = squaredLengths.reduce(0.0) { $0 + Double($1) }
    let explained = members.reduce(0.0) { sum, rows in
      rows.isEmpty ? sum : sum + products.sum(over: rows) / Double(rows.count)
    }
    return max(0, whole - explained)
  }
}
