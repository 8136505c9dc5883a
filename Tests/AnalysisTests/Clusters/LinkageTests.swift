import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct LinkageTests {
  @Test(arguments: Linkage.Method.allCases, UInt64(0)..<12)
  func `the tree equals that of the textbook algorithm`(
    method: Linkage.Method, seed: UInt64
  ) throws {
    let profiles = ActivationProfiles(randomMatrix(19, 5, seed: seed))
    let tree = try Linkage(method: method).dendrogram(profiles)
    let expected = textbookMerges(profiles.unitRows, method)
    #expect(tree.merges.count == 18)
    for (place, merge) in tree.merges.enumerated() {
      #expect(abs(Double(merge.height) - expected[place].height) < 1e-4)
      #expect(Set(tree.leaves(below: 19 + place)) == expected[place].leaves)
    }
  }

  @Test(arguments: Linkage.Method.allCases, UInt64(0)..<20)
  func `cutting the tree recovers planted types`(method: Linkage.Method, seed: UInt64) throws {
    let planted = PlantedProfiles(typeCount: 3, perType: 5, classCount: 6, seed: seed)
    let found = try Linkage(method: method).cluster(planted.matrix, into: 3)
    #expect(isSamePartition(found.labels, planted.types))
  }

  @Test(arguments: Linkage.Method.allCases)
  func `heights never fall and every leaf appears once`(method: Linkage.Method) throws {
    let profiles = ActivationProfiles(randomMatrix(150, 3, seed: 7))
    let tree = try Linkage(method: method).dendrogram(profiles)
    let heights = tree.merges.map(\.height)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(tree.leafOrder.sorted() == Array(0..<150))
    for count in [1, 2, 40, 149, 150, 400] {
      #expect(Set(tree.labels(clusterCount: count)).count == min(count, 150))
    }
  }

  @Test(arguments: Linkage.Method.allCases, [Float.infinity, .nan, -.infinity])
  func `rows without a distance are leaves of the tree`(
    method: Linkage.Method, odd: Float
  ) throws {
    for count in [2, 3, 9, 17] {
      for distances in oddDistances(count, odd, seed: 8) {
        let tree = try Linkage(method: method).dendrogram(distances)
        #expect(tree.leafOrder.sorted() == Array(0..<count))
      }
    }
  }

  @Test(arguments: Linkage.Method.allCases, Array(0..<12) + [20, 30])
  func `a tree is whole or cancelled`(method: Linkage.Method, asked: Int) throws {
    let profiles = ActivationProfiles(randomMatrix(20, 4, seed: 3))
    let whole = try Linkage(method: method).dendrogram(profiles)
    let stop = Stop(after: asked)
    let found = try? Linkage(method: method).dendrogram(profiles, isCancelled: stop.isCancelled)
    #expect(found == (stop.hasStopped ? nil : whole))
  }

  @Test(arguments: Linkage.Method.allCases)
  func `a cut at a height keeps what merges there or below`(method: Linkage.Method) throws {
    let tree = try Linkage(method: method)
      .dendrogram(ActivationProfiles(randomMatrix(50, 4, seed: 3)))
    #expect(Set(tree.labels(height: -1)).count == 50)
    #expect(Set(tree.labels(height: .infinity)).count == 1)
    for kept in [1, 10, 30, 48] {
      let height = tree.merges[kept - 1].height
      guard tree.merges[kept].height > height else { continue }
      #expect(tree.labels(height: height) == tree.labels(clusterCount: 50 - kept))
    }
  }

  @Test(arguments: Linkage.Method.allCases)
  func `equal rows merge at height zero`(method: Linkage.Method) throws {
    let profiles = ActivationProfiles(Matrix(rowCount: 11, columnCount: 3, repeating: 0.7))
    let tree = try Linkage(method: method).dendrogram(profiles)
    #expect(tree.merges.allSatisfy { $0.height < 1e-3 })
    #expect(tree.leafOrder.sorted() == Array(0..<11))
  }

  @Test func `no rows and one row have trivial trees`() throws {
    for rows in 0...1 {
      let profiles = ActivationProfiles(Matrix(rowCount: rows, columnCount: 2, repeating: 1))
      let tree = try Linkage(method: .average).dendrogram(profiles)
      #expect(tree.leafOrder == Array(0..<rows))
      #expect(tree.labels(clusterCount: 3) == Array(repeating: 0, count: rows))
    }
  }

  @Test func `cancelling stops it`() {
    let profiles = ActivationProfiles(randomMatrix(9, 3, seed: 0))
    #expect(throws: ClusteringError.cancelled) {
      try Linkage(method: .ward).dendrogram(profiles) { true }
    }
  }
}

private struct TextbookMerge {
  var leaves: Set<Int>
  var height: Double
}

/// Merges the closest pair again and again, distances from the definition.
private func textbookMerges(_ rows: Matrix, _ method: Linkage.Method) -> [TextbookMerge] {
  var clusters = (0..<rows.rowCount).map { [$0] }
  var merges: [TextbookMerge] = []
  while clusters.count > 1 {
    var best = (first: 0, second: 1, height: Double.infinity)
    for first in clusters.indices {
      for second in clusters.indices where second > first {
        let height = definition(rows, method, clusters[first], clusters[second])
        if height < best.height { best = (first, second, height) }
      }
    }
    let merged = clusters[best.first] + clusters[best.second]
    clusters.remove(at: best.second)
    clusters[best.first] = merged
    merges.append(TextbookMerge(leaves: Set(merged), height: best.height))
  }
  return merges
}

private func definition(
  _ rows: Matrix, _ method: Linkage.Method, _ first: [Int], _ second: [Int]
) -> Double {
  switch method {
  case .ward:
    let growth =
      spread(rows, first + second) - spread(rows, first) - spread(rows, second)
    return (2 * growth).squareRoot()
  case .average, .complete:
    let distances = first.flatMap { one in second.map { cosineDistance(rows, one, $0) } }
    return method == .complete
      ? distances.max() ?? 0 : distances.reduce(0, +) / Double(distances.count)
  }
}

private func spread(_ rows: Matrix, _ members: [Int]) -> Double {
  (0..<rows.columnCount).reduce(0.0) { total, column in
    let values = members.map { Double(rows[$0, column]) }
    let mean = values.reduce(0, +) / Double(values.count)
    return total + values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
