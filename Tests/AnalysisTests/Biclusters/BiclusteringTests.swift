import Analysis
import Tensors
import TestSupport
import Testing

@Suite struct BiclusteringTests {
  @Test(arguments: UInt64(0)..<100)
  func `nothing is lost and nothing is added`(seed: UInt64) {
    let weights = randomWeights(12, 9, density: 0.5, seed: seed)
    var biclustering = Biclustering()
    biclustering.improvements = 3
    let cover = biclustering.cover(weights)
    expectLossless(cover, weights)
    #expect(cover.linkCount <= weights.values.count { $0 != 0 })
  }

  @Test(arguments: UInt64(0)..<20)
  func `planted blocks of both signs are found`(seed: UInt64) {
    var weights = Matrix(rowCount: 20, columnCount: 20)
    for row in 0..<6 { for column in 2..<9 { weights[row, column] = 0.5 } }
    for row in 8..<15 { for column in 5..<12 { weights[row, column] = -1.5 } }
    var biclustering = Biclustering()
    biclustering.seed = seed
    let cover = biclustering.cover(weights)
    #expect(
      cover.biclusters == [
        Bicluster(isExcitatory: true, left: Array(0..<6), right: Array(2..<9)),
        Bicluster(isExcitatory: false, left: Array(8..<15), right: Array(5..<12)),
      ])
    #expect(cover.direct.isEmpty)
    #expect(cover.linkCount == 27)
    #expect(cover.bundledShare == 1)
  }

  @Test(arguments: UInt64(0)..<25)
  func `no cover of a 4 × 4 matrix draws fewer lines`(seed: UInt64) {
    let weights = randomWeights(4, 4, density: 0.75, seed: seed, signs: 1)
    var biclustering = Biclustering()
    biclustering.improvements = 20
    #expect(biclustering.cover(weights).linkCount == fewestLines(weights))
  }

  @Test func `random sparse links stay direct`() {
    let weights = randomWeights(10, 10, density: 0.1, seed: 3)
    let cover = Biclustering().cover(weights)
    #expect(cover.biclusters.isEmpty)
    #expect(cover.bundledShare == 0)
  }

  @Test func `improving saves lines and repeats itself`() {
    let weights = randomWeights(30, 30, density: 0.5, seed: 9)
    var biclustering = Biclustering()
    (biclustering.tries, biclustering.mostClosed, biclustering.improvements) = (4, 0, 0)
    let plain = biclustering.cover(weights)
    biclustering.improvements = 30
    let improved = biclustering.cover(weights)
    #expect(improved.linkCount < plain.linkCount)
    #expect(biclustering.cover(weights) == improved)
    expectLossless(improved, weights)
  }

  @Test func `broken weights are left out and counted`() {
    var weights = Matrix(rowCount: 3, columnCount: 3, repeating: 1)
    weights[0, 0] = .nan
    weights[1, 1] = -.infinity
    let cover = Biclustering().cover(weights)
    #expect(cover.nonFiniteCount == 2)
    expectLossless(cover, weights)
  }

  @Test(arguments: [(0, 0), (0, 5), (1, 1), (1, 7), (7, 1), (3, 3)])
  func `equal weights of any shape are covered`(rows: Int, columns: Int) {
    let weights = Matrix(rowCount: rows, columnCount: columns, repeating: 2)
    let cover = Biclustering().cover(weights)
    expectLossless(cover, weights)
    #expect(cover.linkCount == min(rows * columns, rows > 1 && columns > 1 ? rows + columns : 7))
  }

  @Test(arguments: [130, 260, 520])
  func `wide matrices are covered`(columns: Int) {
    var weights = Matrix(rowCount: 3, columnCount: columns)
    for row in 0..<3 { for column in columns - 5..<columns { weights[row, column] = 1 } }
    let cover = Biclustering().cover(weights)
    expectLossless(cover, weights)
    #expect(cover.linkCount == 8)
  }

  @Test func `beyond a band biclusters are found in each`() {
    var weights = Matrix(rowCount: 3, columnCount: Biclustering.bandSize + 4)
    for row in 0..<3 {
      for column in Biclustering.bandSize - 4..<Biclustering.bandSize + 4 {
        weights[row, column] = -1
      }
    }
    let cover = Biclustering().cover(weights)
    expectLossless(cover, weights)
    #expect(cover.biclusters.count == 2)
    #expect(cover.linkCount == 14)
  }

  @Test func `a cover of something else shows what it lost and added`() {
    let weights = Matrix(rowCount: 2, columnCount: 2, values: [1, -1, 0, .nan])
    let cover = BiclusterCover(
      biclusters: [Bicluster(isExcitatory: true, left: [0, 1], right: [0])],
      direct: [SignedEdge(left: 5, right: 0, isExcitatory: true)], nonFiniteCount: 0,
      bundledShare: 0)
    let differences = cover.differences(from: weights)
    #expect(differences.lost == 1)
    #expect(differences.spurious == 2)
  }

  @Test func `progress rises to the end`() {
    var biclustering = Biclustering()
    biclustering.improvements = 10
    var shares: [Double] = []
    _ = biclustering.cover(
      randomWeights(12, 12, density: 0.6, seed: 1),
      progress: { shares.append($0.share) })
    #expect(shares == shares.sorted())
    #expect(shares.last == 1)
  }

  @Test func `cancelling still covers`() {
    let weights = randomWeights(12, 12, density: 0.6, seed: 1)
    var biclustering = Biclustering()
    biclustering.improvements = 100_000
    expectLossless(biclustering.cover(weights) { true }, weights)
  }

  @Test(arguments: Array(0..<12) + [20, 50])
  func `whenever it is stopped nothing is lost and nothing is added`(asked: Int) {
    for (rows, columns) in [(0, 3), (1, 9), (9, 8)] {
      var weights = randomWeights(rows, columns, density: 0.4, seed: 7)
      if rows > 2 { (weights[1, 1], weights[2, 0]) = (.nan, .infinity) }
      var biclustering = Biclustering()
      (biclustering.tries, biclustering.improvements, biclustering.mostClosed) = (10, 3, 50)
      let cover = biclustering.cover(weights, isCancelled: Stop(after: asked).isCancelled)
      expectLossless(cover, weights)
    }
  }
}

private func randomWeights(
  _ rows: Int, _ columns: Int, density: Double, seed: UInt64, signs: Int = 2
) -> Matrix {
  var random = SeededGenerator(seed: seed)
  let values = (0..<rows * columns).map { _ -> Float in
    let isLinked = random.unit() < density
    let weight = Float(0.1 + random.unit())
    return isLinked ? (signs == 2 && random.unit() < 0.4 ? -weight : weight) : 0
  }
  return Matrix(rowCount: rows, columnCount: columns, values: values)
}

private func expectLossless(_ cover: BiclusterCover, _ weights: Matrix) {
  #expect(cover.differences(from: weights) == (0, 0))
  var drawn = Array(repeating: 0, count: weights.values.count)
  for bicluster in cover.biclusters {
    for row in bicluster.left {
      for column in bicluster.right {
        let weight = weights[row, column]
        #expect(weight.isFinite && (bicluster.isExcitatory ? weight > 0 : weight < 0))
        drawn[row * weights.columnCount + column] += 1
      }
    }
  }
  for edge in cover.direct {
    let place = edge.left * weights.columnCount + edge.right
    #expect(drawn[place] == 0)
    #expect((weights.values[place] > 0) == edge.isExcitatory)
    drawn[place] += 1
  }
  for (place, weight) in weights.values.enumerated() {
    #expect((drawn[place] > 0) == (weight != 0 && weight.isFinite))
  }
}

/// Tries every set of hubs over a 4 × 4 matrix of one sign.
private func fewestLines(_ weights: Matrix) -> Int {
  let links = weights.values.indices.reduce(0) {
    $0 | (weights.values[$1] != 0 ? 1 << $1 : 0)
  }
  var hubs: [(cells: Int, lines: Int)] = []
  for left in 1..<16 {
    for right in 1..<16 where left.nonzeroBitCount > 1 && right.nonzeroBitCount > 1 {
      let cells = (0..<16).reduce(0) { cells, place in
        left >> (place / 4) & 1 == 1 && right >> (place % 4) & 1 == 1 ? cells | 1 << place : cells
      }
      let lines = left.nonzeroBitCount + right.nonzeroBitCount
      if cells & ~links == 0, cells.nonzeroBitCount > lines - 1 { hubs.append((cells, lines)) }
    }
  }
  var best = links.nonzeroBitCount
  func choose(_ first: Int, _ covered: Int, _ lines: Int) {
    best = min(best, lines + (links & ~covered).nonzeroBitCount)
    for index in first..<max(first, hubs.count) where lines + hubs[index].lines < best {
      choose(index + 1, covered | hubs[index].cells, lines + hubs[index].lines)
    }
  }
  choose(0, 0, 0)
  return best
}
