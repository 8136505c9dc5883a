import Analysis
import Tensors
import Testing

@Suite struct KMeansTests {
  @Test(arguments: UInt64(0)..<100)
  func `planted types are recovered`(seed: UInt64) throws {
    let planted = PlantedProfiles(typeCount: 4, perType: 6, classCount: 8, seed: seed)
    let found = try KMeans(clusterCount: 4, seed: seed).cluster(planted.matrix)
    #expect(isSamePartition(found.labels, planted.types))
    #expect(found.clusterCount == 4)
  }

  @Test(arguments: UInt64(0)..<10)
  func `small cases reach the optimum of all partitions`(seed: UInt64) throws {
    let profiles = ActivationProfiles(randomMatrix(7, 3, seed: seed))
    let found = try KMeans(clusterCount: 3, seed: seed, starts: 10).partition(profiles)
    let optimum = bestInertia(profiles.unitRows, clusterCount: 3)
    #expect(found.inertia <= optimum * (1 + 1e-9))
    #expect(found.inertia >= optimum * (1 - 1e-9))
  }

  @Test func `every row is with the mean nearest to it`() throws {
    let profiles = ActivationProfiles(randomMatrix(90, 11, seed: 5))
    let found = try KMeans(clusterCount: 9, seed: 2, starts: 1).partition(profiles)
    let means = clusterMeans(profiles.unitRows, found.labels, found.clusterCount)
    for row in 0..<90 {
      let distances = means.map { squaredDistance(Array(profiles.unitRows.row(row)), $0) }
      let nearest = distances.min() ?? 0
      #expect(distances[found.labels[row]] <= nearest + 1e-5)
    }
  }

  @Test func `the same seed gives the same labels`() throws {
    let matrix = randomMatrix(120, 10, seed: 3)
    let once = try KMeans(clusterCount: 7, seed: 4).cluster(matrix)
    #expect(try KMeans(clusterCount: 7, seed: 4).cluster(matrix) == once)
  }

  @Test func `gain does not matter`() throws {
    let matrix = randomMatrix(40, 6, seed: 8)
    var scaled = matrix
    for row in 0..<40 {
      for column in 0..<6 { scaled[row, column] *= row.isMultiple(of: 2) ? 16 : 0.25 }
    }
    let found = try KMeans(clusterCount: 5, seed: 1).cluster(matrix)
    #expect(try KMeans(clusterCount: 5, seed: 1).cluster(scaled).labels == found.labels)
  }

  @Test func `dead and broken rows are labelled -1`() throws {
    var matrix = PlantedProfiles(typeCount: 2, perType: 5, classCount: 4, seed: 1).matrix
    for column in 0..<4 { matrix[3, column] = 0 }
    matrix[6, 1] = .nan
    let found = try KMeans(clusterCount: 2).cluster(matrix)
    #expect(found.members(of: -1) == [3, 6])
    #expect(found.members(of: 0).count + found.members(of: 1).count == 8)
  }

  @Test func `more clusters than distinct rows gives the distinct rows`() throws {
    let matrix = Matrix(
      rowCount: 6, columnCount: 2, values: [1, 0, 0, 1, 1, 0, 0, 1, 2, 0, 0.3, 0.4])
    let found = try KMeans(clusterCount: 6).cluster(matrix)
    #expect(found.clusterCount == 3)
    #expect(found.labels == [0, 1, 0, 1, 0, 2])
  }

  @Test func `equal rows make one cluster`() throws {
    let matrix = Matrix(rowCount: 9, columnCount: 3, repeating: 0.3)
    let found = try KMeans(clusterCount: 4).cluster(matrix)
    #expect(found.labels == Array(repeating: 0, count: 9))
    #expect(found.silhouette == nil)
  }

  @Test(arguments: [(0, 5), (1, 1), (1, 5), (5, 1), (3, 0)])
  func `tiny matrices work`(rows: Int, columns: Int) throws {
    let matrix = Matrix(rowCount: rows, columnCount: columns, repeating: 1)
    let found = try KMeans(clusterCount: 2).cluster(matrix)
    #expect(found.labels == Array(repeating: columns == 0 ? -1 : 0, count: rows))
  }

  @Test func `no clusters and no starts are refused`() {
    let matrix = randomMatrix(4, 2, seed: 0)
    #expect(throws: ClusteringError.clusterCount(0)) {
      try KMeans(clusterCount: 0).cluster(matrix)
    }
    #expect(throws: ClusteringError.startCount(0)) {
      try KMeans(clusterCount: 2, starts: 0).cluster(matrix)
    }
  }

  @Test func `cancelling stops it`() {
    let profiles = ActivationProfiles(randomMatrix(50, 4, seed: 0))
    #expect(throws: ClusteringError.cancelled) {
      try KMeans(clusterCount: 5).partition(profiles) { true }
    }
  }

  @Test func `breathing lowers the inertia on average`() throws {
    var (before, after) = (0.0, 0.0)
    for seed in UInt64(0)..<10 {
      let profiles = ActivationProfiles(randomMatrix(80, 6, seed: seed))
      var plain = KMeans(clusterCount: 12, seed: seed, starts: 1)
      plain.breathingDepth = 0
      before += try plain.partition(profiles).inertia
      after += try KMeans(clusterCount: 12, seed: seed, starts: 1).partition(profiles).inertia
    }
    #expect(after < before)
  }
}

private func squaredDistance(_ first: [Float], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
}

private func clusterMeans(_ rows: Matrix, _ labels: [Int], _ count: Int) -> [[Double]] {
  (0..<count).map { cluster in
    let members = labels.indices.filter { labels[$0] == cluster }
    return (0..<rows.columnCount).map { column in
      members.reduce(0.0) { $0 + Double(rows[$1, column]) } / Double(max(1, members.count))
    }
  }
}

/// Lowest inertia over all labellings with at most `clusterCount` labels.
private func bestInertia(_ rows: Matrix, clusterCount: Int) -> Double {
  var best = Double.infinity
  var labels = Array(repeating: 0, count: rows.rowCount)
  while true {
    let means = clusterMeans(rows, labels, clusterCount)
    let inertia = labels.indices.reduce(0.0) {
      $0 + squaredDistance(Array(rows.row($1)), means[labels[$1]])
    }
    best = min(best, inertia)
    guard let place = labels.lastIndex(where: { $0 < clusterCount - 1 }) else { return best }
    labels[place] += 1
    for later in (place + 1)..<max(place + 1, labels.count) { labels[later] = 0 }
  }
}
