import Analysis
import Atlases
import Networks
import Tensors
import Testing

@testable import Explorer

struct GutterEdgesTests {
  @Test func `weights are summed by sign, never netted`() {
    let atlas = PlantedAtlas.make()
    let (source, target) = (LayerDigest(0, in: atlas), LayerDigest(1, in: atlas))
    let edges = gutterEdges(source, target, in: atlas)
    #expect(edges.measure == .weights)
    let strength = atlas.layers[1].connections[0].strength
    for (a, left) in source.clusters.enumerated() {
      for (b, right) in target.clusters.enumerated() {
        let values = left.members.flatMap { from in right.members.map { strength[$0, from] } }
        let positive = values.filter { $0 > 0 }.reduce(0) { $0 + Double($1) }
        let negative = values.filter { $0 < 0 }.reduce(0) { $0 - Double($1) }
        #expect(abs(weight(edges, a, b, negative: false) - positive) < 1e-4)
        #expect(abs(weight(edges, a, b, negative: true) - negative) < 1e-4)
      }
    }
    #expect(abs(edges.share(ofFirst: edges.links.count) - 1) < 1e-9)
  }

  private func expectSums(
    _ edges: GutterEdges, _ source: LayerDigest, _ target: LayerDigest,
    _ value: (_ neuron: Int, _ channel: Int) -> Double
  ) {
    for (a, left) in source.clusters.enumerated() {
      for (b, right) in target.clusters.enumerated() {
        let values = left.members.flatMap { from in right.members.map { value($0, from) } }
        let positive = values.filter { $0 > 0 }.reduce(0, +)
        let negative = values.filter { $0 < 0 }.reduce(0) { $0 - $1 }
        #expect(abs(weight(edges, a, b, negative: false) - positive) < 1e-4)
        #expect(abs(weight(edges, a, b, negative: true) - negative) < 1e-4)
      }
    }
  }

  @Test func `where influence is not to be had, kernels times mean activation stand in`() {
    let atlas = PlantedAtlas.make()
    let (source, target) = (LayerDigest(0, in: atlas), LayerDigest(1, in: atlas))
    let edges = gutterEdges(source, target, in: atlas, weighing: .influenceOrActivity)
    #expect(edges.measure == .activity)
    let strength = atlas.layers[1].connections[0].strength
    let activation = source.importances[.activation] ?? []
    #expect(activation.contains { $0 > 0 })
    expectSums(edges, source, target) { Double(strength[$0, $1]) * activation[$1] }
  }

  @Test func `influence is summed by cluster, excitatory and inhibitory apart`() throws {
    let atlas = PlantedAtlas.withInfluence()
    let (source, target) = (LayerDigest(0, in: atlas), LayerDigest(1, in: atlas))
    let edges = gutterEdges(source, target, in: atlas, weighing: .influenceOrKernels)
    #expect(edges.measure == .influence(images: 200, .input))
    let influence = try #require(atlas.layers[1].connections[0].influence)
    for (a, left) in source.clusters.enumerated() {
      for (b, right) in target.clusters.enumerated() {
        var (positive, negative) = (0.0, 0.0)
        for from in left.members {
          for to in right.members {
            positive += Double(influence.excitatory[to, from])
            negative += Double(influence.inhibitory[to, from])
          }
        }
        #expect(abs(weight(edges, a, b, negative: false) - positive) < 1e-4)
        #expect(abs(weight(edges, a, b, negative: true) - negative) < 1e-4)
      }
    }
    #expect(gutterEdges(source, target, in: atlas).measure == .weights)
    let without = PlantedAtlas.make()
    let waiting = gutterEdges(source, target, in: without, weighing: .influenceOrKernels)
    #expect(waiting.measure == .weights)
  }

  @Test func `the strongest link comes first`() {
    let atlas = PlantedAtlas.make()
    let edges = gutterEdges(LayerDigest(2, in: atlas), LayerDigest(3, in: atlas), in: atlas)
    #expect(edges.links.map(\.weight) == edges.links.map(\.weight).sorted(by: >))
  }

  @Test func `layers that are not neighbours are compared by their profiles`() {
    let atlas = PlantedAtlas.make()
    let (source, target) = (LayerDigest(0, in: atlas), LayerDigest(7, in: atlas))
    let edges = gutterEdges(source, target, in: atlas)
    #expect(edges.measure == .alike)
    #expect(edges.links.allSatisfy { $0.weight <= 1 })
  }

  @Test func `equal profiles correlate fully, opposed ones negatively`() {
    #expect(abs(correlation([1, 2, 3], [2, 4, 6]) - 1) < 1e-12)
    #expect(abs(correlation([1, 2, 3], [3, 2, 1]) + 1) < 1e-12)
    #expect(correlation([1, 1, 1], [1, 2, 3]) == 0)
    #expect(correlation([1, 2], [1, 2, 3]) == 0)
  }

  private func weight(_ edges: GutterEdges, _ a: Int, _ b: Int, negative: Bool) -> Double {
    edges.links.first { ($0.source, $0.target, $0.isNegative) == (a, b, negative) }?.weight ?? 0
  }
}
