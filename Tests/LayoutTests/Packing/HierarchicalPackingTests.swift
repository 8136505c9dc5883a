import Layout
import Tensors
import Testing

@Suite struct HierarchicalPackingTests {
  @Test(arguments: UInt64(0)..<20)
  func `squares lie on the canvas, on the grid, apart, and clusters in boxes of their own`(
    seed: UInt64
  ) {
    let problem = randomProblem(seed: seed)
    let found = HierarchicalPacking().pack(problem)
    expectSound(found, problem)
    #expect(found.squares.count + found.hidden == problem.groups.reduce(0) { $0 + $1.count })
  }

  @Test func `a square that fits exactly fills the canvas`() {
    var problem = problem([[1]], width: 24, height: 24)
    problem.contrast = nil
    let found = HierarchicalPacking().pack(problem)
    #expect(found.squares == [PackedSquare(item: 0, x: 0, y: 0, side: 24)])
    #expect(found.density == 1)
    #expect(found.legibleShare == 1)
  }

  @Test func `four equal squares share a square canvas`() {
    let found = HierarchicalPacking().pack(problem([[1, 1], [1, 1]], width: 32, height: 32))
    #expect(found.squares.map(\.side) == [16, 16, 16, 16])
    #expect(found.density == 1)
  }

  @Test func `what finds no room is counted, and every cluster keeps its strongest`() {
    let problem = problem(
      [Array(repeating: 1, count: 40), [0.5, 3], [2, 2, 9]], width: 16, height: 16)
    let found = HierarchicalPacking().pack(problem)
    #expect(found.hidden == 45 - found.squares.count)
    #expect(found.squares.count >= 3)
    #expect(found.squares.contains { $0.item == 41 })
    #expect(found.squares.contains { $0.item == 44 })
    expectSound(found, problem)
  }

  @Test func `more important squares are not smaller`() {
    let problem = problem([[1, 4, 9, 2], [16, 1, 3]], width: 80, height: 48)
    let sides = Dictionary(
      uniqueKeysWithValues: HierarchicalPacking().pack(problem).squares.map { ($0.item, $0.side) })
    let importances: [Double] = [1, 4, 9, 2, 16, 1, 3]
    for one in importances.indices {
      for other in importances.indices where importances[one] >= importances[other] {
        #expect(sides[one] ?? 0 >= sides[other] ?? 0)
      }
    }
  }

  @Test func `strange importances count as the least`() {
    let problem = problem([[.nan, 0, -3, .infinity, 2, 2]], width: 40, height: 40)
    let found = HierarchicalPacking().pack(problem)
    #expect(Set(found.squares.map(\.side)).count == 1)
    #expect(found.hidden == 0)
  }

  @Test(arguments: [(0, 0), (7, 100), (100, 7), (8, 8)])
  func `canvases that hold nothing or one thumbnail work`(width: Int, height: Int) {
    let found = HierarchicalPacking().pack(problem([[1, 2], [1]], width: width, height: height))
    #expect(found.squares.count == (min(width, height) < 8 ? 0 : 1))
    #expect(found.squares.count + found.hidden == 3)
  }

  @Test func `nothing to pack and empty clusters work`() {
    #expect(HierarchicalPacking().pack(problem([], width: 9, height: 9)).squares.isEmpty)
    let found = HierarchicalPacking().pack(problem([[], [1], []], width: 20, height: 20))
    #expect(found.squares.count == 1)
  }

  @Test func `improving never makes it worse and repeats itself`() {
    for seed in UInt64(0)..<4 {
      let problem = randomProblem(seed: seed)
      var packing = HierarchicalPacking()
      let plain = packing.pack(problem)
      packing.improvements = 20
      packing.seed = seed
      let improved = packing.pack(problem)
      expectSound(improved, problem)
      #expect(improved.scale >= plain.scale)
      #expect(packing.pack(problem) == improved)
    }
  }

  @Test func `cancelling still gives a packing`() {
    var packing = HierarchicalPacking()
    packing.improvements = 1_000_000
    let problem = randomProblem(seed: 1)
    #expect(packing.pack(problem) { true } == HierarchicalPacking().pack(problem))
  }

  @Test func `many clusters are cut by halves`() {
    let problem = problem(Array(repeating: [1, 2], count: 40), width: 160, height: 90)
    expectSound(HierarchicalPacking().pack(problem), problem)
  }
}

private func problem(_ groups: [[Double]], width: Int, height: Int) -> PackingProblem {
  var next = 0
  return PackingProblem(
    width: width, height: height,
    groups: groups.map { group in
      group.map { importance in
        defer { next += 1 }
        return PackingProblem.Item(item: next, importance: importance)
      }
    })
}

private func randomProblem(seed: UInt64) -> PackingProblem {
  var random = SeededGenerator(seed: seed)
  let groups = (0..<Int.random(in: 1...5, using: &random)).map { _ in
    (0..<Int.random(in: 1...6, using: &random)).map { _ in 0.1 + random.unit() * 4 }
  }
  var result = problem(
    groups, width: Int.random(in: 30...70, using: &random),
    height: Int.random(in: 20...60, using: &random))
  result.grid = Int.random(in: 1...2, using: &random)
  result.smallestSide = Int.random(in: 2...8, using: &random)
  return result
}

private func expectSound(_ found: PackedFeatures, _ problem: PackingProblem) {
  var groupOf: [Int: Int] = [:]
  for (index, group) in problem.groups.enumerated() {
    for item in group { groupOf[item.item] = index }
  }
  for square in found.squares {
    #expect(square.x >= 0 && square.x + square.side <= problem.width)
    #expect(square.y >= 0 && square.y + square.side <= problem.height)
    #expect(square.side >= problem.smallestSide)
    #expect([square.x, square.y, square.side].allSatisfy { $0.isMultiple(of: problem.grid) })
  }
  for (index, one) in found.squares.enumerated() {
    for other in found.squares[..<index] { #expect(!overlap(box([one]), box([other]))) }
  }
  let groups = Dictionary(grouping: found.squares) { groupOf[$0.item] ?? -1 }
  for (one, squares) in groups {
    for (other, others) in groups where other < one {
      #expect(!overlap(box(squares), box(others)))
    }
  }
  let area = found.squares.reduce(0) { $0 + $1.side * $1.side }
  #expect(abs(found.density * Double(problem.width * problem.height) - Double(area)) < 1e-6)
}

private func box(_ squares: [PackedSquare]) -> (Int, Int, Int, Int) {
  squares.reduce((Int.max, Int.max, 0, 0)) {
    (
      min($0.0, $1.x), min($0.1, $1.y), max($0.2, $1.x + $1.side), max($0.3, $1.y + $1.side)
    )
  }
}

private func overlap(_ one: (Int, Int, Int, Int), _ other: (Int, Int, Int, Int)) -> Bool {
  one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}
