import Atlases
import Canvas
import Networks
import Tensors
import TestSupport
import Testing

@testable import Explorer

struct ClassSortingTests {
  /// Mean over a cluster's neurons of the class's share of each one's peak.
  private func strength(
    _ cluster: ClusterDigest, _ digest: LayerDigest, _ classIndex: Int, _ statistic: Statistic
  ) -> Float {
    guard let values = digest.values(statistic) else { return 0 }
    let shares = cluster.members.map { neuron in
      let peak = values.row(neuron).map(\.magnitude).max() ?? 0
      return peak > 0 ? values[neuron, classIndex] / peak : 0
    }
    return shares.reduce(0, +) / Float(max(1, shares.count))
  }

  @Test(arguments: [0, 3, 7])
  func `clusters of every layer come by what they give for the class`(classIndex: Int) {
    let steps = Array(repeating: "j ", count: classIndex).joined()
    var state = settledState(after: "c \(steps)S esc")
    for layer in state.atlas.network.layers.indices {
      guard let digest = state.readyDigest(layer) else { continue }
      let live = digest.clusters.filter { $0.label != -1 }
      let keys = live.map { strength($0, digest, classIndex, .mean) }
      #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 >= $1 - 1e-6 })
      #expect(digest.clusters.dropLast().allSatisfy { $0.label != -1 })
      #expect(digest.rows.sorted() == Array(0..<digest.neuronCount))
    }
  }

  @Test func `letters stay with their clusters, and taking it off brings the order back`() throws {
    var state = settledState(after: "l l l")
    let before = try #require(state.digest).clusters.map {
      [$0.letter] + $0.members.map { "\($0)" }
    }
    play("c j j j S esc", on: &state)
    let sorted = try #require(state.digest).clusters.map {
      [$0.letter] + $0.members.map { "\($0)" }
    }
    #expect(sorted != before && Set(sorted) == Set(before))
    #expect(frame(state).text().contains("clusters by cat"))
    play("S", on: &state)
    #expect(try #require(state.digest).clusters.map { $0.letter } == before.map { $0[0] })
    #expect(!frame(state).text().contains("clusters by cat"))
  }

  @Test func `another statistic sorts anew, another class replaces it`() throws {
    var state = settledState(after: "c j j j S esc l l l enter s")
    let digest = try #require(state.digest)
    let keys = digest.clusters.map { strength($0, digest, 3, .max) }
    #expect(keys == keys.sorted(by: >))
    play("c k S", on: &state)
    #expect(state.sortClass == 2)
    play("S", on: &state)
    #expect(state.sortClass == nil)
  }

  @Test func `the path to a class goes through the clusters as they are shown`() throws {
    var state = settledState(after: "c j j j j j S esc p p p")
    let path = try #require(state.classPath)
    let plain = try #require(strongestPath(to: path.classIndex, in: state.atlas))
    func members(_ step: ClassPath.Step, _ digest: LayerDigest?) -> Set<Int> {
      Set(digest?.clusters[step.place].members ?? [])
    }
    for (step, other) in zip(path.steps, plain.steps) {
      #expect(step.layer == other.layer)
      let sorted = members(step, state.readyDigest(step.layer))
      #expect(sorted == members(other, LayerDigest(other.layer, in: state.atlas)))
    }
  }

  @Test(arguments: [(24, 80), (50, 200)])
  func `screens sorted by a class`(height: Int, width: Int) {
    let network = settledState(height: height, width: width, after: "c j j j S esc 2 l l l")
    expectFrame(
      frame(network), "sorted-network-\(width)x\(height)", theme: network.context.theme)
    let layer = settledState(height: height, width: width, after: "c j j j S esc l l l enter l")
    expectFrame(frame(layer), "sorted-layer-\(width)x\(height)", theme: layer.context.theme)
  }
}
