import Analysis
import Atlases
@testable import Explorer
import Networks
import Tensors
import Testing

struct LayerDigestTests {
  @Test(arguments: 0..<8)
  func `rows hold every neuron once, cluster by cluster`(layer: Int) {
    let atlas = PlantedAtlas.make()
    let digest = LayerDigest(layer, in: atlas)
    #expect(digest.rows.sorted() == Array(0..<PlantedNetwork.sizes[layer]))
    #expect(digest.clusters.flatMap(\.members) == digest.rows)
    for cluster in digest.clusters {
      #expect(digest.rows[cluster.rows].elementsEqual(cluster.members))
      for neuron in cluster.members {
        #expect(atlas.layers[layer].clustering?.labels[neuron] == cluster.label)
        #expect(digest.cluster(of: neuron)?.letter == cluster.letter)
      }
    }
  }

  @Test func `the dead come last and are told so`() {
    let digest = LayerDigest(PlantedAtlas.deadNeuron.layer, in: PlantedAtlas.make())
    #expect(digest.clusters.last?.letter == "dead")
    #expect(digest.clusters.last?.members == [PlantedAtlas.deadNeuron.neuron])
    #expect(digest.clusters.last?.deadCount == 1)
  }

  @Test func `a profile is the mean of its members`() throws {
    let atlas = PlantedAtlas.make()
    let digest = LayerDigest(3, in: atlas)
    let means = try #require(atlas.layers[3].statistics?.meanOfMean)
    let cluster = digest.clusters[1]
    for classIndex in 0..<10 {
      let expected =
        cluster.members.reduce(Float(0)) { $0 + means[$1, classIndex] }
        / Float(cluster.members.count)
      let found = try #require(cluster.profiles[.mean]?[classIndex])
      #expect(abs(found - expected) < 1e-5)
    }
  }

  @Test func `planted classes are the top classes`() {
    let digest = LayerDigest(3, in: PlantedAtlas.make())
    for cluster in digest.clusters {
      #expect(cluster.topClasses.allSatisfy { $0 % 4 == cluster.label })
      #expect(!cluster.topClasses.isEmpty)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `damaged parts are left out, never trapped on`(seed: UInt64) {
    let atlas = DamagedAtlas.make(seed: seed)
    for layer in atlas.network.layers.indices {
      let digest = LayerDigest(layer, in: atlas)
      #expect(digest.rows.sorted() == Array(0..<digest.neuronCount))
      #expect(digest.clusters.flatMap(\.members).count == digest.neuronCount)
    }
  }

  @Test func `letters go on after Z`() {
    #expect([0, 25, 26, 53].map(clusterLetter) == ["A", "Z", "A2", "B3"])
  }
}
