import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct NeuronClusteringTests {
  @Test(arguments: 2...6)
  func `the planted number of types is chosen`(typeCount: Int) {
    let planted = PlantedProfiles(
      typeCount: typeCount, perType: 6, classCount: 12, seed: UInt64(typeCount))
    let found = NeuronClustering().cluster(planted.matrix, seed: 1)
    #expect(isSamePartition(found.labels, planted.types))
    #expect(found.silhouette ?? 0 > 0.8)
  }

  @Test(arguments: ClusteringMethod.allCases)
  func `an analysis is whole or cancelled`(method: ClusteringMethod) throws {
    let profiles = ActivationProfiles(randomMatrix(14, 3, seed: 3))
    var clustering = NeuronClustering()
    (clustering.method, clustering.mostClusters) = (method, 3)
    let whole = try clustering.analyze(profiles, seed: 1)
    let curve = method == .meanShift ? [] : try clustering.silhouetteCurve(profiles, seed: 1)
    for asked in Array(0..<16) + [25, 40, 60, 90, 150] {
      var stop = Stop(after: asked)
      let found = try? clustering.analyze(profiles, seed: 1, isCancelled: stop.isCancelled)
      #expect(found == (stop.hasStopped ? nil : whole))
      if method == .meanShift { continue }
      stop = Stop(after: asked)
      let points = try? clustering.silhouetteCurve(
        profiles, seed: 1, isCancelled: stop.isCancelled)
      #expect(points == (stop.hasStopped ? nil : curve))
    }
  }

  @Test(arguments: ClusteringMethod.allCases, UInt64(0)..<10)
  func `every method finds planted types by itself`(method: ClusteringMethod, seed: UInt64) throws {
    let planted = PlantedProfiles(typeCount: 4, perType: 6, classCount: 8, seed: seed)
    var clustering = NeuronClustering()
    clustering.method = method
    let found = clustering.cluster(planted.matrix, seed: seed)
    #expect(isSamePartition(found.labels, planted.types))
    #expect(found.clusterCount == 4)
    #expect(found.method.hasPrefix(method.words))
  }

  @Test(arguments: ClusteringMethod.allCases.filter { $0 != .meanShift })
  func `the number of clusters can be given`(method: ClusteringMethod) throws {
    var clustering = NeuronClustering()
    clustering.method = method
    clustering.clusterCount = 7
    let profiles = ActivationProfiles(randomMatrix(40, 6, seed: 3))
    let found = try clustering.analyze(profiles, seed: 1)
    #expect(found.clusterCount == 7)
    #expect(found.curve.isEmpty)
    #expect((found.tree != nil) == (method.linkage != nil))
    #expect(found.silhouette != nil)
  }

  @Test(arguments: ClusteringMethod.allCases.filter { $0 != .meanShift })
  func `the curve covers every number of clusters`(method: ClusteringMethod) throws {
    let profiles = ActivationProfiles(randomMatrix(60, 5, seed: 2))
    var clustering = NeuronClustering()
    clustering.method = method
    let curve = try clustering.silhouetteCurve(profiles, seed: 1)
    #expect(curve.map(\.partition.clusterCount) == Array(2...12))
    let found = try clustering.analyze(profiles, seed: 1)
    #expect(found.curve == curve)
    #expect(curve.contains { $0.partition.labels == found.labels })
  }

  @Test func `mean-shift states its window`() throws {
    var clustering = NeuronClustering()
    clustering.method = .meanShift
    clustering.bandwidth = 0.5
    let planted = PlantedProfiles(typeCount: 3, perType: 4, classCount: 6, seed: 4)
    #expect(clustering.cluster(planted.matrix, seed: 0).method.contains("bandwidth 0.5"))
  }

  @Test func `progress rises to the end`() throws {
    var reports: [WorkProgress] = []
    _ = NeuronClustering()
      .cluster(randomMatrix(40, 5, seed: 2), seed: 1, progress: { reports.append($0) })
    #expect(reports.map(\.share) == reports.map(\.share).sorted())
    #expect(reports.last == WorkProgress(.clusters, share: 1))
  }

  @Test func `dead neurons form their own group`() {
    var matrix = PlantedProfiles(typeCount: 3, perType: 4, classCount: 6, seed: 4).matrix
    for column in 0..<6 { matrix[5, column] = 0 }
    #expect(NeuronClustering().cluster(matrix, seed: 0).members(of: -1) == [5])
  }

  @Test func `layers without structure stay whole`() {
    let dead = NeuronClustering().cluster(Matrix(rowCount: 4, columnCount: 3), seed: 0)
    #expect(dead.labels == [-1, -1, -1, -1])
    #expect(dead.clusterCount == 0)
    for rows in [1, 2, 7] {
      let equal = Matrix(rowCount: rows, columnCount: 3, repeating: 1)
      let found = NeuronClustering().cluster(equal, seed: 0)
      #expect(found.labels == Array(repeating: 0, count: rows))
      #expect(found.clusterCount == 1)
    }
    #expect(NeuronClustering().cluster(Matrix(rowCount: 0, columnCount: 0), seed: 0).labels == [])
  }

  @Test func `cancelling gives an early answer`() {
    let found = NeuronClustering().cluster(randomMatrix(30, 4, seed: 1), seed: 0) { true }
    #expect(found.labels.count == 30)
  }
}
