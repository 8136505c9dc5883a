import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct PatchOverlapTests {
  @Test(arguments: UInt64(0)..<100)
  func `neurons that share images are one cluster`(seed: UInt64) throws {
    let (sets, types) = plantedSets(typeCount: 3, perType: 4, seed: seed)
    let found = try PatchOverlap(seed: seed).cluster(sets, into: 3)
    #expect(isSamePartition(found.labels, types))
    #expect(found.silhouette ?? 0 > 0.3)
  }

  @Test(arguments: UInt64(0)..<20)
  func `estimated overlaps are near the true ones`(seed: UInt64) throws {
    let (sets, _) = plantedSets(typeCount: 2, perType: 4, seed: seed)
    let table = try PatchOverlap(seed: seed).distances(sets)
    for one in sets.indices {
      for other in 0..<one {
        let (first, second) = (Set(sets[one]), Set(sets[other]))
        let overlap =
          Double(first.intersection(second).count) / Double(first.union(second).count)
        // Four standard errors of 256 values, and a little.
        #expect(abs(1 - Double(table[one, other]) - overlap) < 0.14)
        #expect(table[one, other] == table[other, one])
      }
    }
  }

  @Test func `order and repetition of images do not matter`() throws {
    let table = try PatchOverlap(seed: 4).distances([[1, 2, 3], [3, 1, 2, 2, 1], [7, 8]])
    #expect(table[0, 1] == 0)
    #expect(table[0, 2] > 0.95)
  }

  @Test func `neurons without images form their own group`() throws {
    let found = try PatchOverlap().cluster([[1, 2], [], [1, 2], [8, 9], [9, 8]], into: 2)
    #expect(found.labels == [0, -1, 0, 1, 1])
    #expect(found.clusterCount == 2)
  }

  @Test func `images come from the strongest patches`() {
    let patches = [5, 3].map { TopPatch(image: $0, y: 1, x: 2, value: 0.5) }
    #expect(PatchOverlap.imageSets([patches, []]) == [[5, 3], []])
  }

  @Test func `none, one and equal sets work`() throws {
    #expect(try PatchOverlap().cluster([]).labels == [])
    #expect(try PatchOverlap().cluster([[4]]).labels == [0])
    #expect(try PatchOverlap().cluster([[4], [4], [4], [4]]).labels == [0, 0, 0, 0])
    #expect(try PatchOverlap().cluster([[], []]).labels == [-1, -1])
  }

  @Test func `no clusters are refused and cancelling stops it`() throws {
    #expect(throws: ClusteringError.clusterCount(0)) {
      try PatchOverlap().cluster([[1], [2]], into: 0)
    }
    #expect(throws: ClusteringError.cancelled) {
      try PatchOverlap().cluster([[1], [2]], isCancelled: { true })
    }
    let sets = (0..<12).map { [$0 % 3, $0 % 4, 9] } + [[]]
    let whole = try PatchOverlap().cluster(sets)
    for asked in 0...40 {
      let stop = Stop(after: asked)
      let found = try? PatchOverlap().cluster(sets, isCancelled: stop.isCancelled)
      #expect(found == (stop.hasStopped ? nil : whole))
    }
  }
}

/// Sets of nine images out of the ten of their type.
private func plantedSets(
  typeCount: Int, perType: Int, seed: UInt64
) -> (sets: [[Int]], types: [Int]) {
  var random = SeededGenerator(seed: seed)
  let types = (0..<typeCount * perType).map { $0 % typeCount }.shuffled(using: &random)
  let sets = types.map { type in
    Array((0..<10).shuffled(using: &random).prefix(9)).map { $0 + type * 100 }
  }
  return (sets, types)
}
