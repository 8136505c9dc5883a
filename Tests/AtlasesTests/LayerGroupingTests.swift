import Analysis
import Atlases
import Tensors
import Testing

struct LayerGroupingTests {
  private let grouping = LayerGrouping(
    Clustering(labels: [0, 1, 0, -1, 2, 1, 0], clusterCount: 3, silhouette: 0.5, method: "planted"))

  @Test func `a clustering becomes groups and labels again`() {
    #expect(grouping.clusters.map(\.members) == [[0, 2, 6], [1, 5], [4]])
    #expect(grouping.dead == [3])
    #expect(grouping.clustering(method: "edited").labels == [0, 1, 0, -1, 2, 1, 0])
    #expect(grouping.fits(neuronCount: 7) && !grouping.fits(neuronCount: 8))
  }

  @Test func `moved neurons leave their clusters, emptied clusters vanish`() {
    let moved = grouping.moving([4, 5], to: 0)
    #expect(moved.clusters.map(\.members) == [[0, 2, 4, 5, 6], [1]])
    #expect(
      grouping.moving([0, 1], to: nil).clusters.map(\.members) == [[2, 6], [5], [4], [0, 1]])
  }

  @Test func `dead neurons stay dead`() {
    #expect(grouping.moving([3], to: 0) == grouping)
    #expect(grouping.moving([3, 1], to: 0).dead == [3])
  }

  @Test func `merged clusters keep the first one's name and any pin`() {
    let merged = grouping.renaming(1, to: "edges").pinning(2, true).merging([2, 1])
    #expect(merged.clusters.map(\.members) == [[0, 2, 6], [1, 4, 5]])
    #expect(merged.clusters[1].name == "edges" && merged.clusters[1].isPinned)
    #expect(grouping.merging([1]) == grouping)
  }

  @Test func `a split keeps the name with the largest part`() {
    let split = grouping.renaming(0, to: "big").splitting(0, into: [[2]])
    #expect(split.clusters.map(\.members) == [[0, 6], [2], [1, 5], [4]])
    #expect(split.clusters.map(\.name) == ["big", nil, nil, nil])
    #expect(grouping.splitting(0, into: [[0, 2, 6]]) == grouping)
    #expect(grouping.splitting(0, into: [[1]]) == grouping)
  }

  @Test func `grouping anew leaves pinned clusters whole`() {
    let anew = grouping.pinning(1, true).regrouping(into: [[0, 4], [2, 6]])
    #expect(anew.clusters.map(\.members) == [[1, 5], [0, 4], [2, 6]])
    #expect(grouping.regrouping(into: [[0]]) == grouping)
  }

  @Test func `notes come and go`() {
    let noted = grouping.noting("sky", on: 5).noting("edge", on: 1).noting("x", onCluster: 2)
    #expect(noted.note(on: 5) == "sky" && noted.neuronNotes.map(\.neuron) == [1, 5])
    #expect(noted.noting("", on: 5).note(on: 5) == nil)
    #expect(noted.noting("", onCluster: 2).clusters[2].note == nil)
  }

  @Test func `neurons that come alive join their companions`() {
    let edited = grouping.merging([0, 1]).renaming(0, to: "both")
    let later = Clustering(
      labels: [0, 1, 0, 1, -1, 1, 0], clusterCount: 2, silhouette: nil, method: "more images")
    let followed = edited.following(later)
    #expect(followed.clusters.map(\.members) == [[0, 1, 2, 3, 5, 6]])
    #expect(followed.clusters[0].name == "both" && followed.dead == [4])
    #expect(followed.fits(neuronCount: 7))
    #expect(edited.following(edited.clustering(method: "")) == edited)
  }

  @Test(arguments: UInt64(0)..<50)
  func `any run of edits speaks of every neuron exactly once`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var grouping = self.grouping
    for _ in 0..<30 {
      let place = Int.random(in: -1...6, using: &random)
      let neurons = Set((0..<7).filter { _ in Bool.random(using: &random) })
      switch Int.random(in: 0..<6, using: &random) {
      case 0: grouping = grouping.moving(neurons, to: place)
      case 1: grouping = grouping.merging(Array(neurons))
      case 2: grouping = grouping.splitting(place, into: [neurons.sorted()])
      case 3: grouping = grouping.pinning(place, Bool.random(using: &random))
      case 4: grouping = grouping.regrouping(into: [neurons.sorted()])
      default: grouping = grouping.moving(neurons, to: nil)
      }
      #expect(grouping.fits(neuronCount: 7) && grouping.dead == [3])
    }
  }
}
