import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct ClosedBiclustersTests {
  @Test(arguments: UInt64(0)..<60)
  func `each set that cannot be widened is listed once`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (rows, columns) = (
      Int.random(in: 1...6, using: &random), Int.random(in: 1...7, using: &random)
    )
    let density = 0.3 + 0.6 * random.unit()
    let values = (0..<rows * columns).map { _ in random.unit() < density ? Float(1) : 0 }
    let table = linkTable(Matrix(rowCount: rows, columnCount: columns, values: values))
    let found = try #require(ClosedBiclusters.all(table, most: 1000))
    let sets = found.map { [$0.left.members, $0.right.members] }
    #expect(Set(sets) == closedSets(values, rows, columns))
    #expect(Set(sets).count == sets.count)
  }

  @Test func `too many are told apart from few`() {
    // Every set of columns but the empty one and the full one is closed.
    var weights = Matrix(rowCount: 10, columnCount: 10, repeating: 1)
    for index in 0..<10 { weights[index, index] = 0 }
    #expect(ClosedBiclusters.all(linkTable(weights), most: 100) == nil)
    #expect(ClosedBiclusters.all(linkTable(weights), most: 2000)?.count == 1024 - 2 - 2 * 10)
  }

  @Test(arguments: 0..<6)
  func `they are all listed, or none when cancelled`(asked: Int) {
    var weights = Matrix(rowCount: 10, columnCount: 10, repeating: 1)
    for index in 0..<10 { weights[index, index] = 0 }
    let stop = Stop(after: asked)
    let found = ClosedBiclusters.all(
      linkTable(weights), most: 2000, isCancelled: stop.isCancelled)
    #expect((found == nil) == stop.hasStopped)
  }

  @Test func `nothing is listed where there is nothing`() {
    #expect(ClosedBiclusters.all(linkTable(Matrix(rowCount: 0, columnCount: 0)), most: 9) == [])
    #expect(ClosedBiclusters.all(linkTable(Matrix(rowCount: 5, columnCount: 3)), most: 9) == [])
    let row = Matrix(rowCount: 1, columnCount: 4, repeating: 1)
    #expect(ClosedBiclusters.all(linkTable(row), most: 9) == [])
  }
}

private func linkTable(_ weights: Matrix) -> LinkTable<SIMD2<UInt64>> {
  LinkTable(
    SignedBand(
      weights: weights, rows: 0..<weights.rowCount, columns: 0..<weights.columnCount,
      isExcitatory: true))
}

/// Every set of rows, widened to all columns shared and all rows that share those.
private func closedSets(_ values: [Float], _ rows: Int, _ columns: Int) -> Set<[[Int]]> {
  var result: Set<[[Int]]> = []
  for chosen in 1..<1 << rows {
    let right = (0..<columns).filter { column in
      (0..<rows).allSatisfy { chosen >> $0 & 1 == 0 || values[$0 * columns + column] != 0 }
    }
    let left = (0..<rows).filter { row in
      right.allSatisfy { values[row * columns + $0] != 0 }
    }
    if left.count > 1, right.count > 1 { result.insert([left, right]) }
  }
  return result
}
