import Tensors
import Testing

@testable import Analysis

@Suite struct SeriationTests {
  @Test(arguments: 2...8, UInt64(0)..<6)
  func `few rows are ordered as well as the best permutation`(count: Int, seed: UInt64) {
    let matrix = randomMatrix(count, 4, seed: seed)
    let found = Seriation(budget: 0, seed: 0).path(matrix)
    #expect(abs(found.pathLength - shortestByTrying(matrix)) < 1e-6)
    #expect((found.gap ?? 0) < 1e-9)
  }

  @Test(arguments: 3...10, UInt64(0)..<4)
  func `the search comes close to the exact path`(count: Int, seed: UInt64) {
    let distances = SquareDistances.cosine(
      ActivationProfiles(randomMatrix(count, 3, seed: seed)).unitRows)
    let exact = ShortestPath(distances, budget: 0, seed: 0)
    let found = ShortestPath(distances, budget: 300, seed: 1, exactUpTo: 2)
    #expect(found.order.sorted() == Array(0..<count))
    #expect(found.length >= exact.length - 1e-6)
    #expect(found.length <= exact.length * 1.05 + 1e-6)
    #expect(found.lowerBound <= exact.length + 1e-6)
  }

  @Test(arguments: [30, 61, 140], UInt64(0)..<4)
  func `a planted gradient is found whole`(count: Int, seed: UInt64) {
    let (matrix, place) = plantedGradient(count, seed: seed)
    let found = Seriation(budget: count, seed: seed).path(matrix).order.order
    let places = found.map { place[$0] }
    #expect(places == places.sorted() || places == places.sorted(by: >))
  }

  @Test(arguments: [20, 75, 130])
  func `the length, the bound and the order agree`(count: Int) throws {
    let matrix = randomMatrix(count, 6, seed: UInt64(count))
    let found = Seriation(budget: 200, seed: 1).path(matrix)
    #expect(found.order.order.sorted() == Array(0..<count))
    #expect(abs(found.pathLength - pathLength(matrix, found.order.order)) < 1e-4)
    #expect(try #require(found.lowerBound) <= found.pathLength)
    #expect(try #require(found.gap) < 0.2)
  }

  @Test func `kicks shorten the path and never lengthen it`() {
    let matrix = randomMatrix(120, 5, seed: 3)
    let plain = Seriation(budget: 0, seed: 1).path(matrix).pathLength
    let kicked = Seriation(budget: 2000, seed: 1).path(matrix).pathLength
    #expect(kicked < plain)
  }

  @Test func `the same seed gives the same order`() {
    let matrix = randomMatrix(90, 7, seed: 2)
    let order = { Seriation(budget: 500, seed: 9).path(matrix) }
    #expect(order() == order())
  }

  @Test func `dead and broken rows come last`() {
    var matrix = randomMatrix(24, 4, seed: 6)
    for column in 0..<4 { matrix[5, column] = 0 }
    matrix[2, 1] = .infinity
    let order = Seriation(budget: 10, seed: 0).path(matrix).order.order
    #expect(Array(order.suffix(2)) == [2, 5])
    #expect(order.sorted() == Array(0..<24))
  }

  @Test func `the stronger end comes first`() {
    let matrix = Matrix(rowCount: 3, columnCount: 2, values: [1, 0, 1, 1, 0, 9])
    #expect(Seriation(budget: 0, seed: 0).path(matrix).order.order == [2, 1, 0])
  }

  @Test(arguments: [0, 1, 2, 3, 9, 17, 40])
  func `equal rows have a path of length zero`(count: Int) {
    let matrix = Matrix(rowCount: count, columnCount: 3, repeating: 0.4)
    let found = Seriation(budget: 50, seed: 0).path(matrix)
    #expect(found.pathLength < 1e-4)
    #expect(found.order.order.sorted() == Array(0..<count))
  }

  @Test func `cancelling still gives an order`() {
    let matrix = randomMatrix(50, 3, seed: 1)
    let found = Seriation(budget: 100_000, seed: 0).path(matrix, isCancelled: { true })
    #expect(found.order.order.sorted() == Array(0..<50))
  }

  @Test func `progress goes from stage to stage and rises within each`() {
    var reports: [WorkProgress] = []
    _ = Seriation(budget: 3000, seed: 0)
      .path(randomMatrix(40, 3, seed: 1), progress: { reports.append($0) })
    #expect(Set(reports.map(\.stage)) == [.distances, .bound, .search])
    #expect(reports.last == WorkProgress(.search, share: 1))
    for (one, next) in zip(reports, reports.dropFirst()) {
      #expect(one.stage < next.stage || one.stage == next.stage && one.share <= next.share)
    }
    #expect(reports.allSatisfy { 0...1 ~= $0.share })
  }

  @Test(arguments: [1, 5, 40, 400])
  func `cancelling at any step still gives an order`(asked: Int) {
    var left = asked
    let matrix = randomMatrix(70, 3, seed: 1)
    let found = Seriation(budget: 5000, seed: 0).path(
      matrix,
      isCancelled: {
        left -= 1
        return left < 0
      })
    #expect(found.order.order.sorted() == Array(0..<70))
    #expect(found.lowerBound.map { $0 <= found.pathLength + 1e-6 } ?? true)
  }

  @Test(arguments: 3...9, UInt64(0)..<8)
  func `the leaf order is the shortest that the tree allows`(count: Int, seed: UInt64) {
    let matrix = randomMatrix(count, 4, seed: seed)
    let found = Seriation(budget: 0, seed: 0).leafOrder(matrix)
    #expect(found.order.order.sorted() == Array(0..<count))
    #expect(found.pathLength >= shortestByTrying(matrix) - 1e-6)
    #expect(abs(found.pathLength - pathLength(matrix, found.order.order)) < 1e-5)
    #expect(found.lowerBound == nil)
  }

  @Test(arguments: [17, 40, 130])
  func `rows along axes are grouped, however many are equal`(count: Int) {
    var matrix = Matrix(rowCount: count, columnCount: 5)
    for row in 0..<count { matrix[row, row * 7 % 5] = Float(1 + row) }
    let found = Seriation(budget: 200, seed: 0).path(matrix)
    #expect(abs(found.pathLength - 4) < 1e-4)
    #expect(abs((found.lowerBound ?? 0) - 4) < 1e-3)
  }

  @Test(arguments: UInt64(0)..<10)
  func `rows written several times lengthen the path hardly or not at all`(seed: UInt64) {
    let base = randomMatrix(12, 4, seed: seed)
    let copies = Matrix(
      rowCount: 48, columnCount: 4, values: (0..<48).flatMap { base.row($0 % 12) })
    let alone = Seriation(budget: 0, seed: 0).path(base)
    let found = Seriation(budget: 500, seed: 0).path(copies)
    #expect(found.pathLength <= alone.pathLength * 1.1 + 1e-4)
  }
}

private func shortestByTrying(_ matrix: Matrix) -> Double {
  let count = matrix.rowCount
  let distances = (0..<count).map { one in
    (0..<count).map { cosineDistance(matrix, one, $0) }
  }
  var best = Double.infinity
  func extend(_ last: Int, _ used: Int, _ length: Double) {
    if length >= best { return }
    if used == (1 << count) - 1 { best = length }
    for next in 0..<count where used >> next & 1 == 0 {
      extend(next, used | 1 << next, length + distances[last][next])
    }
  }
  for first in 0..<count { extend(first, 1 << first, 0) }
  return best
}

/// Rows whose directions turn steadily in a plane, shuffled; the place of each row.
private func plantedGradient(_ count: Int, seed: UInt64) -> (Matrix, [Int]) {
  var random = SeededGenerator(seed: seed)
  let place = Array(0..<count).shuffled(using: &random)
  let values = place.flatMap { place -> [Float] in
    let share = Float(place) / Float(count - 1)
    return [1 - share, share]
  }
  return (Matrix(rowCount: count, columnCount: 2, values: values), place)
}
