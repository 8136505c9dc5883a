import Tensors
import Testing

@testable import Explorer

struct StreamLanesTests {
  /// A chain where each node of `readers` reads every earlier node of `writers`.
  private func edges(_ count: Int, writers: [Int], readers: [Int]) -> [PaneEdge] {
    var edges = Set((1..<count).map { PaneEdge(source: $0 - 1, target: $0) })
    for writer in writers {
      for reader in readers where reader > writer {
        edges.insert(PaneEdge(source: writer, target: reader))
      }
    }
    return edges.sorted()
  }

  @Test func `a residual stream is one lane`() {
    let all = edges(9, writers: [0, 2, 4, 6], readers: [1, 3, 5, 7])
    let lanes = streamLanes(all, ranks: Array(0..<9))
    #expect(lanes.count == 1)
    #expect(lanes[0].sources == [0, 2, 4])
    #expect(lanes[0].targets == [3, 5, 7])
    #expect(lanes[0].first == 0 && lanes[0].last == 6)
  }

  @Test func `two blocks are two lanes in one row`() {
    let all = edges(12, writers: [0, 2], readers: [4]) + edges(12, writers: [6], readers: [9])
    let lanes = streamLanes(Array(Set(all)).sorted(), ranks: Array(0..<12))
    #expect(lanes.map(\.sources) == [[0, 2], [6]])
    #expect(lanes.map(\.row) == [0, 0])
  }

  @Test func `ways that differ get lanes of their own`() {
    let all = [
      PaneEdge(source: 0, target: 1), PaneEdge(source: 0, target: 3),
      PaneEdge(source: 1, target: 2), PaneEdge(source: 1, target: 4),
      PaneEdge(source: 2, target: 3), PaneEdge(source: 3, target: 4),
    ]
    let lanes = streamLanes(all, ranks: Array(0..<5))
    #expect(lanes.map(\.sources) == [[0], [1]])
    #expect(lanes.map(\.row) == [0, 1])
  }

  @Test(arguments: UInt64(0)..<60)
  func `lanes say what the edges say, no more and no less`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let ranks = (0..<14).map { $0 / 2 }
    var edges: [PaneEdge] = []
    for source in 0..<14 {
      for target in source + 1..<14 where ranks[target] > ranks[source] {
        if random.unit() < 0.1 + 0.8 * Double(seed % 10) / 10 {
          edges.append(PaneEdge(source: source, target: target))
        }
      }
    }
    let lanes = streamLanes(edges, ranks: ranks)
    var said: Set<PaneEdge> = []
    for lane in lanes {
      for source in lane.sources {
        for target in lane.targets where ranks[target] > ranks[source] {
          said.insert(PaneEdge(source: source, target: target))
        }
      }
      #expect(
        lanes.filter { $0.row == lane.row && $0 != lane }
          .allSatisfy { $0.first > lane.last || $0.last < lane.first })
    }
    #expect(said.isSubset(of: Set(edges)))
    #expect(said.isSuperset(of: edges.filter { ranks[$0.target] > ranks[$0.source] + 1 }))
  }
}
