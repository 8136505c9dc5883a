import Analysis
import Tensors
import Testing

@Suite struct NeuronClusteringTests {
  @Test(arguments: 2...6)
  func `the planted number of types is chosen`(typeCount: Int) {
    let planted = PlantedProfiles(
      typeCount: typeCount, perType: 6, classCount: 12, seed: UInt64(typeCount))
    let found = NeuronClustering().cluster(planted.matrix, seed: 1)
    #expect(isSamePartition(found.labels, planted.types))
    #expect(found.silhouette ?? 0 > 0.8)
  }

  @Test func `the curve covers every number of clusters`() {
    let profiles = ActivationProfiles(randomMatrix(60, 5, seed: 2))
    let curve = NeuronClustering().silhouetteCurve(profiles, seed: 1)
    #expect(curve.map(\.partition.clusterCount) == Array(2...12))
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
