import Tensors
import Testing

@testable import Analysis

struct ProductCentroidsTests {
  private func partitions(
    _ matrix: Matrix, into count: Int, seed: UInt64
  ) -> (byProducts: KMeansPartition, byRows: KMeansPartition) {
    let profiles = ActivationProfiles(matrix)
    let search = KMeans(clusterCount: count, seed: seed)
    let products = ClusteredRows(searching: profiles)
    #expect(products.products != nil)
    return (
      search.run(products, start: 0, isCancelled: { false }),
      search.run(ClusteredRows(profiles), start: 0, isCancelled: { false })
    )
  }

  @Test(arguments: UInt64(0)..<12)
  func `a search over products finds what a search over rows finds`(seed: UInt64) {
    let planted = PlantedProfiles(
      typeCount: 6, perType: 9, classCount: 48, noise: 0.9, seed: seed)
    for count in [2, 5, 6, 9] {
      let found = partitions(planted.matrix, into: count, seed: seed)
      #expect(found.byProducts.labels == found.byRows.labels, "k = \(count)")
      #expect(abs(found.byProducts.inertia - found.byRows.inertia) < 1e-4)
    }
  }

  @Test(arguments: UInt64(0)..<6)
  func `where there are no clusters it is as tight`(seed: UInt64) {
    let found = partitions(randomMatrix(60, 40, seed: seed), into: 7, seed: seed)
    #expect(found.byProducts.inertia < found.byRows.inertia * 1.02)
    #expect(found.byProducts.clusterCount == 7)
  }

  @Test func `equal rows make no more clusters than there are different ones`() {
    let planted = randomMatrix(3, 20, seed: 1)
    let matrix = Matrix(
      rowCount: 12, columnCount: 20, values: (0..<12).flatMap { Array(planted.row($0 % 3)) })
    let found = partitions(matrix, into: 5, seed: 3)
    #expect(found.byProducts.clusterCount == 3)
    #expect(found.byProducts.inertia < 1e-5)
    #expect(isSamePartition(found.byProducts.labels, (0..<12).map { $0 % 3 }))
  }

  @Test func `distances between centroids are those of their numbers`() {
    let rows = ClusteredRows(searching: ActivationProfiles(randomMatrix(20, 16, seed: 5)))
    guard let table = rows.products else { return #expect(Bool(false)) }
    var products = ProductCentroids(rows, table, capacity: 6)
    var dense = DenseCentroids(rows, capacity: 6)
    var random = SeededGenerator(seed: 2)
    let offsets = (0..<3).map { _ in
      (0..<16).map { _ in Float.random(in: -0.2...0.2, using: &random) }
    }
    let moved = [
      MovedCentroid(source: 1, offset: offsets[0]), MovedCentroid(source: 0, offset: offsets[1]),
    ]
    let again = [MovedCentroid(source: 2, offset: offsets[2])]
    products.place(row: 3, at: 0)
    dense.place(row: 3, at: 0)
    products.place(meanOf: [0, 4, 7, 19], at: 1)
    dense.place(meanOf: [0, 4, 7, 19], at: 1)
    products.place(moved, from: 2)
    dense.place(moved, from: 2)
    products.place(again, from: 4)
    dense.place(again, from: 4)
    products.copy(4, to: 5)
    dense.copy(4, to: 5)
    for one in 0..<6 {
      for other in 0..<6 {
        let difference = products.squaredDistance(one, other) - dense.squaredDistance(one, other)
        #expect(abs(difference) < 1e-5, "\(one), \(other)")
      }
    }
    var (scores, expected) = (
      Array(repeating: SIMD8<Float>.zero, count: 3 * 6),
      Array(repeating: SIMD8<Float>.zero, count: 3 * 6)
    )
    products.score(Array(0..<6), 6, into: &scores)
    dense.score(Array(0..<6), 6, into: &expected)
    for (score, wanted) in zip(scores, expected) {
      for lane in 0..<8 { #expect(abs(score[lane] - wanted[lane]) < 1e-5) }
    }
  }
}
