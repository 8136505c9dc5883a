/// Centroids of a search by whatever stands for them, their numbers or products of rows, and how far rows
/// are from each.
struct Centroids: Sendable {
  // Exactly one of the two is there.
  private var dense: DenseCentroids?
  private var products: ProductCentroids?

  /// Room for `capacity` centroids among `rows`; by products where these are known.
  init(_ rows: ClusteredRows, capacity: Int) {
    if let table = rows.products {
      products = ProductCentroids(rows, table, capacity: capacity)
    } else {
      dense = DenseCentroids(rows, capacity: capacity)
    }
  }

  /// Makes centroid `index` the row `row`.
  mutating func place(row: Int, at index: Int) {
    dense?.place(row: row, at: index)
    products?.place(row: row, at: index)
  }

  /// Makes centroid `index` the mean of `members`: rows, ascending, at least one.
  mutating func place(meanOf members: [Int], at index: Int) {
    dense?.place(meanOf: members, at: index)
    products?.place(meanOf: members, at: index)
  }

  /// Makes the centroids from `first` on copies of others, each moved by an offset of its own.
  mutating func place(_ moved: [MovedCentroid], from first: Int) {
    dense?.place(moved, from: first)
    products?.place(moved, from: first)
  }

  /// Makes centroid `target` what `source` is.
  mutating func copy(_ source: Int, to target: Int) {
    dense?.copy(source, to: target)
    products?.copy(source, to: target)
  }

  /// Squared length of the centroids `indices`, each less twice its product with each row: written to
  /// panel × `capacity`.
  func score(_ indices: [Int], _ capacity: Int, into scores: inout [SIMD8<Float>]) {
    dense?.score(indices, capacity, into: &scores)
    products?.score(indices, capacity, into: &scores)
  }

  func squaredDistance(_ one: Int, _ other: Int) -> Float {
    dense?.squaredDistance(one, other) ?? products?.squaredDistance(one, other) ?? 0
  }
}

/// A centroid, and how far from it another one is to be, column by column.
struct MovedCentroid {
  var source: Int
  var offset: [Float]
}
