import Tensors

/// Centroids by the rows that they are the mean of: all that a search asks of them follows from the
/// products of rows with each other, so a step costs as much for a thousand columns as for ten.
///
/// The search is the same as over ``DenseCentroids``, up to rounding. Kernel k-means works so: B. Schölkopf,
/// A. Smola, K.-R. Müller, "Nonlinear Component Analysis as a Kernel Eigenvalue Problem", Neural
/// Comput. 10(5), 1998, doi:10.1162/089976698300017467.
struct ProductCentroids {
  private struct Centroid {
    /// It is their mean, moved by `offset`.
    var members: [Int] = []
    var squaredLength: Float = 0
    /// Products with every row, eight rows to a vector.
    var products: [SIMD8<Float>] = []
    /// Nil where it was not moved.
    var offset: Offset?
  }

  private struct Offset {
    var values: [Float]
    /// Products with every row, eight rows to a vector.
    var products: [SIMD8<Float>]
  }

  private let rows: ClusteredRows
  private let table: RowProducts
  private var centroids: [Centroid]

  /// Room for `capacity` centroids among `rows`, whose products are `table`.
  init(_ rows: ClusteredRows, _ table: RowProducts, capacity: Int) {
    self.rows = rows
    self.table = table
    centroids = Array(repeating: Centroid(), count: capacity)
  }

  mutating func place(row: Int, at index: Int) {
    centroids[index] = Centroid(
      members: [row], squaredLength: rows.squaredLengths[row],
      products: Array(table.values[table.row(row)]))
  }

  /// - Complexity: O(members · rows).
  mutating func place(meanOf members: [Int], at index: Int) {
    var products = Array(repeating: SIMD8<Float>.zero, count: table.panelCount)
    let table = table
    let source = table.values.span
    for row in members { add(source.extracting(table.row(row)), to: &products) }
    let scale = 1 / Float(members.count)
    for panel in products.indices { products[panel] *= scale }
    centroids[index] = Centroid(
      members: members, squaredLength: mean(of: products, over: members), products: products)
  }

  /// - Complexity: O(moved · rows · columns).
  mutating func place(_ moved: [MovedCentroid], from first: Int) {
    let panelCount = table.panelCount
    var products = Array(
      repeating: Array(repeating: SIMD8<Float>.zero, count: panelCount), count: moved.count)
    let offsets = Matrix(
      rowCount: moved.count, columnCount: rows.columnCount, values: moved.flatMap(\.offset))
    let quads = RowQuads(offsets)
    rows.panels.forEachProduct(with: quads) { panel, place, values in
      products[place][panel] = values
    }
    for (place, move) in moved.enumerated() {
      let offset = Offset(values: move.offset, products: products[place])
      let made = self.moved(centroids[move.source], by: offset)
      centroids[first + place] = made
    }
  }

  private func moved(_ source: Centroid, by offset: Offset) -> Centroid {
    var result = source
    let shared = product(offset, with: source)
    result.squaredLength += 2 * shared + squaredLength(offset.values)
    add(offset.products.span, to: &result.products)
    if let before = source.offset {
      var whole = offset
      for column in whole.values.indices { whole.values[column] += before.values[column] }
      add(before.products.span, to: &whole.products)
      result.offset = whole
    } else {
      result.offset = offset
    }
    return result
  }

  mutating func copy(_ source: Int, to target: Int) { centroids[target] = centroids[source] }

  /// - Complexity: O(indices · rows).
  func score(_ indices: [Int], _ capacity: Int, into scores: inout [SIMD8<Float>]) {
    for index in indices {
      let length = centroids[index].squaredLength
      for (panel, products) in centroids[index].products.enumerated() {
        scores[panel * capacity + index] = length - 2 * products
      }
    }
  }

  /// - Complexity: O(members).
  func squaredDistance(_ one: Int, _ other: Int) -> Float {
    let (mine, theirs) = (centroids[one], centroids[other])
    var shared = mean(of: theirs.products, over: mine.members)
    if let offset = mine.offset { shared += product(offset, with: theirs) }
    return max(0, mine.squaredLength + theirs.squaredLength - 2 * shared)
  }

  private func product(_ offset: Offset, with centroid: Centroid) -> Float {
    let shared = mean(of: offset.products, over: centroid.members)
    guard let other = centroid.offset else { return shared }
    return zip(offset.values, other.values).reduce(shared) { $0 + $1.0 * $1.1 }
  }

  private func mean(of products: [SIMD8<Float>], over members: [Int]) -> Float {
    let sum = members.reduce(0.0) { $0 + Double(products[$1 / 8][$1 % 8]) }
    return Float(sum / Double(members.count))
  }

  private func squaredLength(_ values: [Float]) -> Float {
    values.reduce(0) { $0 + $1 * $1 }
  }

  /// Apart, so that both have one length that the compiler knows of: it then adds in vectors.
  private func add(_ values: Span<SIMD8<Float>>, to sums: inout [SIMD8<Float>]) {
    precondition(values.count == sums.count)
    var sums = sums.mutableSpan
    for place in values.indices { sums[place] += values[place] }
  }
}
