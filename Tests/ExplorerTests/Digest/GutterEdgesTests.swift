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

  @Test func `influence is the kernel sum times the source's mean activation`() {
    let atlas = PlantedAtlas.make()
    let (source, target) = (LayerDigest(0, in: atlas), LayerDigest(1, in: atlas))
    let edges = gutterEdges(source, target, in: atlas, usesInfluence: true)
    #expect(edges.measure == .influence)
    let strength = atlas.layers[1].connections[0].strength
    let activation = source.importances[.activation] ?? []
    #expect(activation.contains { $0 > 0 })
    let (left, right) = (source.clusters[0], target.clusters[1])
    let values = left.members.flatMap { from in
      right.members.map { Double(strength[$0, from]) * activation[from] }
    }
    let positive = values.filter { $0 > 0 }.reduce(0, +)
    let negative = values.filter { $0 < 0 }.reduce(0) { $0 - $1 }
    #expect(abs(weight(edges, 0, 1, negative: false) - positive) < 1e-4)
    #expect(abs(weight(edges, 0, 1, negative: true) - negative) < 1e-4)
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
