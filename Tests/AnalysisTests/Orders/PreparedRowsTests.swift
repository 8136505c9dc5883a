import Tensors
import Testing

@testable import Analysis

struct PreparedRowsTests {
  /// Planted types, two dead rows among them.
  private func matrix(_ seed: UInt64) -> Matrix {
    let planted = PlantedProfiles(
      typeCount: 5, perType: 8, classCount: 24, noise: 0.8, seed: seed)
    var matrix = planted.matrix
    for column in 0..<matrix.columnCount {
      matrix[7, column] = 0
      matrix[20, column] = 0
    }
    return matrix
  }

  @Test(arguments: UInt64(0)..<8)
  func `clusters of chosen rows are those of a matrix of these rows`(seed: UInt64) throws {
    let matrix = matrix(seed)
    let chosen = (0..<40).filter { $0 % 3 != 1 }
    let search = PreparedRows(matrix).search(chosen, into: 4, seed: seed)
    let starts = (0..<search.startCount).reversed().map {
      search.run(start: $0, isCancelled: { false })
    }
    let alone = Matrix(
      rowCount: chosen.count, columnCount: matrix.columnCount,
      values: chosen.flatMap { Array(matrix.row($0)) })
    let expected = try KMeans(clusterCount: 4, seed: seed).cluster(alone)
    let parts = search.parts(starts.reversed())
    let dead = expected.members(of: -1).map { chosen[$0] }
    let live = (0..<expected.clusterCount).map { expected.members(of: $0).map { chosen[$0] } }
    #expect(parts == live + (dead.isEmpty ? [] : [dead]))
  }

  @Test func `rows without a live one stay together`() {
    let search = PreparedRows(matrix(1)).search([20, 7], into: 2, seed: 1)
    #expect(search.startCount == 0 && search.parts([]) == [[20, 7]])
  }

  @Test(arguments: UInt64(0)..<6)
  func `an order in pieces is the order made at once`(seed: UInt64) {
    let matrix = matrix(seed)
    let labels = (0..<40).map { $0 == 7 || $0 == 20 ? -1 : $0 % 4 }
    let seriation = Seriation(budget: 80, seed: seed)
    let plan = PreparedRows(matrix).order(labels, seriation)
    let paths = plan.requests.indices.reversed().map {
      plan.path(plan.requests[$0], isCancelled: { false })
    }
    let found = plan.joined(paths.reversed())
    let expected = seriation.twoLevel(matrix, labels: labels)
    #expect(found.clusterOrder == expected.clusterOrder)
    #expect(found.rows.lowerBound == nil && found.rows.antiRobinson == nil)
    let bound = PreparedRows(matrix).lowerBound()
    #expect(found.rows.with(plan.figures(found, lowerBound: bound)) == expected.rows)
  }

  @Test(arguments: UInt64(0)..<4)
  func `no clusters have an order below the bound of their rows`(seed: UInt64) {
    let prepared = PreparedRows(matrix(seed))
    let bound = prepared.lowerBound()
    #expect(bound > 0)
    for clusterCount in [1, 2, 5, 20] {
      let plan = prepared.order(
        (0..<40).map { $0 % clusterCount }, Seriation(budget: 80, seed: seed))
      let found = plan.joined(plan.requests.map { plan.path($0, isCancelled: { false }) })
      #expect(found.rows.pathLength >= bound - 1e-6)
    }
  }
}
