import Tensors
import Testing

@testable import Layout

@Suite struct KeptArrangementTests {
  @Test(arguments: UInt64(0)..<5)
  func `an unchanged problem keeps its packing`(seed: UInt64) {
    let problem = randomProblem(seed: seed)
    let first = HierarchicalPacking().pack(problem)
    #expect(HierarchicalPacking().pack(problem, keeping: first) == first)
  }

  @Test(arguments: UInt64(0)..<100)
  func `squares keep their relative places while one or all sizes change`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var problem = randomProblem(seed: seed)
    (problem.width, problem.height) = (240, 200)
    var last = loosePacking(problem, using: &random)
    for frame in 0..<4 {
      if frame.isMultiple(of: 2) {
        let group = Int.random(in: 0..<problem.groups.count, using: &random)
        let item = Int.random(in: 0..<problem.groups[group].count, using: &random)
        problem.groups[group][item].importance *= 0.7 + random.unit()
      } else {
        problem.width += Int.random(in: -8...8, using: &random)
        problem.height += Int.random(in: -8...8, using: &random)
      }
      let next = HierarchicalPacking().pack(problem, keeping: last)
      expectSound(next, problem)
      expectSamePlaces(last, next)
      last = next
    }
  }

  @Test func `a little change leaves the other squares where they are`() {
    let groups = [[4.0, 2, 2, 1], [3, 3, 1]].enumerated().map { group, values in
      values.enumerated().map { PackingProblem.Item(item: 10 * group + $0, importance: $1) }
    }
    var problem = PackingProblem(width: 90, height: 60, groups: groups)
    problem.smallestSide = 4
    let before = HierarchicalPacking().pack(problem)
    problem.groups[1][2].importance = 0.98
    let after = HierarchicalPacking().pack(problem, keeping: before)
    #expect(after.scale == before.scale)
    for (one, other) in zip(before.squares, after.squares) where one.item != 12 {
      #expect(one == other)
    }
  }

  @Test func `other items or clusters are packed anew`() {
    let items = (0..<4).map { PackingProblem.Item(item: $0, importance: 1) }
    var problem = PackingProblem(width: 64, height: 32, groups: [items])
    let before = HierarchicalPacking().pack(problem)
    problem.groups = [Array(items.prefix(3))]
    let packing = HierarchicalPacking()
    #expect(packing.pack(problem, keeping: before) == packing.pack(problem))
    problem.groups = [[items[0], items[3]], [items[1], items[2]]]
    expectSound(packing.pack(problem, keeping: before), problem)
    problem.width = 4
    #expect(packing.pack(problem, keeping: before).squares.isEmpty)
  }
}

/// The smallest squares, in rows of one to three within boxes side by side.
private func loosePacking(
  _ problem: PackingProblem, using random: inout SeededGenerator
) -> PackedFeatures {
  let side = (problem.smallestSide + problem.grid - 1) / problem.grid * problem.grid
  var (squares, left) = ([PackedSquare](), 0)
  for group in problem.groups {
    let perRow = Int.random(in: 1...3, using: &random)
    for (place, item) in group.shuffled(using: &random).enumerated() {
      squares.append(
        PackedSquare(
          item: item.item, x: left + place % perRow * side, y: place / perRow * side, side: side))
    }
    left += perRow * side
  }
  return PackedFeatures(squares, scale: 0, problem)
}

/// Every two squares are still apart in one of the directions in which they were.
private func expectSamePlaces(_ before: PackedFeatures, _ after: PackedFeatures) {
  var places: [Int: PackedSquare] = [:]
  for square in after.squares { places[square.item] = square }
  for one in before.squares {
    for other in before.squares where one.item != other.item {
      guard let first = places[one.item], let second = places[other.item] else {
        Issue.record("an item is gone")
        return
      }
      let wasBefore = [
        one.x + one.side <= other.x, one.y + one.side <= other.y,
        other.x + other.side <= one.x, other.y + other.side <= one.y,
      ]
      let isBefore = [
        first.x + first.side <= second.x, first.y + first.side <= second.y,
        second.x + second.side <= first.x, second.y + second.side <= first.y,
      ]
      #expect(zip(wasBefore, isBefore).contains { $0 && $1 })
    }
  }
}
