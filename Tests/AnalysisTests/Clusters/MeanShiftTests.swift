import Analysis
import Tensors
import TestSupport
import Testing

@Suite struct MeanShiftTests {
  @Test(arguments: UInt64(0)..<100)
  func `planted types are found without their number`(seed: UInt64) throws {
    let planted = PlantedProfiles(typeCount: 4, perType: 5, classCount: 8, seed: seed)
    let found = try MeanShift(bandwidth: 0.6, seed: seed)
      .partition(ActivationProfiles(planted.matrix))
    #expect(isSamePartition(found.labels, planted.types))
    #expect(found.clusterCount == 4)
  }

  /// An estimate may be a little narrow for one type; that it is for most would be wrong.
  @Test func `the estimated window finds well separated types nearly always`() throws {
    var exact = 0
    for seed in UInt64(0)..<20 {
      let planted = PlantedProfiles(typeCount: 5, perType: 8, classCount: 10, seed: seed)
      let found = try MeanShift(seed: seed).partition(ActivationProfiles(planted.matrix))
      exact += isSamePartition(found.labels, planted.types) ? 1 : 0
      #expect(found.bandwidth > 0 && found.bandwidth < 0.6)
      #expect((5...8).contains(found.clusterCount))
    }
    #expect(exact >= 16)
  }

  @Test func `a window over everything makes one cluster`() throws {
    let profiles = ActivationProfiles(randomMatrix(40, 5, seed: 1))
    let found = try MeanShift(bandwidth: 3).partition(profiles)
    #expect(found.labels == Array(repeating: 0, count: 40))
  }

  @Test func `the narrowest window makes a cluster of each distinct row`() throws {
    let matrix = Matrix(
      rowCount: 5, columnCount: 2, values: [1, 0, 0, 1, 2, 0, 1, 1, 0, 3])
    let found = try MeanShift(bandwidth: 0.01).partition(ActivationProfiles(matrix))
    #expect(found.labels == [0, 1, 0, 2, 1])
  }

  @Test(arguments: [(0, 5), (1, 1), (1, 5), (5, 1), (3, 0)])
  func `tiny matrices work`(rows: Int, columns: Int) throws {
    let profiles = ActivationProfiles(Matrix(rowCount: rows, columnCount: columns, repeating: 1))
    let found = try MeanShift().partition(profiles)
    #expect(found.labels == Array(repeating: 0, count: columns == 0 ? 0 : rows))
  }

  @Test func `the same seed gives the same clusters`() throws {
    let profiles = ActivationProfiles(randomMatrix(70, 6, seed: 3))
    #expect(try MeanShift(seed: 2).partition(profiles) == MeanShift(seed: 2).partition(profiles))
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func `a window without width is refused`(bandwidth: Double) {
    let profiles = ActivationProfiles(randomMatrix(4, 2, seed: 0))
    #expect(throws: ClusteringError.self) {
      try MeanShift(bandwidth: bandwidth).partition(profiles)
    }
  }

  @Test func `cancelling stops it`() throws {
    let profiles = ActivationProfiles(randomMatrix(30, 4, seed: 0))
    #expect(throws: ClusteringError.cancelled) {
      try MeanShift().partition(profiles, isCancelled: { true })
    }
    let whole = try MeanShift().partition(profiles)
    for asked in 0...40 {
      let stop = Stop(after: asked)
      let found = try? MeanShift().partition(profiles, isCancelled: stop.isCancelled)
      #expect(found == (stop.hasStopped ? nil : whole))
    }
  }
}
