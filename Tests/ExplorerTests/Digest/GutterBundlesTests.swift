import Tensors
import Testing

@testable import Explorer

struct GutterBundlesTests {
  private func edges(_ links: [ClusterLink]) -> GutterEdges {
    GutterEdges(
      measure: .weights, links: links.sorted { $0.weight > $1.weight },
      total: links.reduce(0) { $0 + $1.weight })
  }

  private func link(_ source: Int, _ target: Int, _ weight: Double, _ negative: Bool = false)
    -> ClusterLink
  {
    ClusterLink(source: source, target: target, weight: weight, isNegative: negative)
  }

  @Test func `a planted bicluster is one bundle`() {
    var links = [link(3, 3, 1), link(0, 3, 2, true)]
    for source in 0..<3 { for target in 0..<3 { links.append(link(source, target, 5)) } }
    let bundles = GutterBundles(edges(links), percent: 100, sourceCount: 4, targetCount: 4)
    #expect(
      bundles.bundles == [
        LinkBundle(sources: [0, 1, 2], targets: [0, 1, 2], isNegative: false, weight: 45),
        LinkBundle(sources: [0], targets: [3], isNegative: true, weight: 2),
        LinkBundle(sources: [3], targets: [3], isNegative: false, weight: 1),
      ])
  }

  @Test func `less is wanted, fewer links are kept, but one always`() {
    let links = (0..<4).map { link($0, $0, Double(4 - $0)) }
    let kept = { (percent: Int) in
      GutterBundles(edges(links), percent: percent, sourceCount: 4, targetCount: 4).bundles.count
    }
    #expect([10, 40, 70, 90, 100].map(kept) == [1, 1, 2, 3, 4])
  }

  @Test(arguments: UInt64(0)..<20)
  func `bundles hold every kept link's weight once`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var links: [ClusterLink] = []
    for source in 0..<6 {
      for target in 0..<7 {
        for negative in [false, true] where random.unit() < 0.6 {
          links.append(link(source, target, 0.1 + random.unit(), negative))
        }
      }
    }
    let all = GutterBundles(edges(links), percent: 100, sourceCount: 6, targetCount: 7)
    let sum = all.bundles.reduce(0) { $0 + $1.weight }
    #expect(abs(sum - all.total) < 1e-4 * all.total)
    #expect(all.bundles.map(\.weight) == all.bundles.map(\.weight).sorted(by: >))
  }
}
