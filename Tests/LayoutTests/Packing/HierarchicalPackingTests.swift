import Layout
import Tensors
import TestSupport
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

  @Test(arguments: Array(0..<18) + [25, 40])
  func `whenever it is stopped a packing is sound`(asked: Int) {
    var packing = HierarchicalPacking()
    packing.improvements = 20
    for seed in UInt64(0)..<2 {
      let problem = randomProblem(seed: seed)
      let found = packing.pack(problem, isCancelled: Stop(after: asked).isCancelled)
      expectSound(found, problem)
      var changed = problem
      changed.width += 7
      let kept = packing.pack(
        changed, keeping: found, isCancelled: Stop(after: asked).isCancelled)
      expectSound(kept, changed)
    }
  }

  @Test(arguments: [
    Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e-300, 0,
    -1,
  ])
  func `importance that is no number, or beyond all measure, is packed`(importance: Double) {
    var packing = HierarchicalPacking()
    packing.improvements = 20
    let all: [[[Double]]] = [
      [[importance, importance], [importance]], [[1, importance], [importance, 2]],
    ]
    for groups in all {
      for contrast in [nil, 4.0] {
        var problem = problem(groups, width: 60, height: 40)
        problem.contrast = contrast
        let found = packing.pack(problem)
        expectSound(found, problem)
        #expect(found.scale.isFinite)
        expectSound(packing.pack(problem, keeping: found), problem)
      }
    }
  }

  @Test(arguments: [1e-300, 1e-30, 1e30, 1e300])
  func `a packing is kept when importance changes beyond all measure`(importance: Double) {
    let before = problem([[importance, importance], [importance]], width: 60, height: 40)
    let after = problem([[1, 1], [1]], width: 60, height: 40)
    let found = HierarchicalPacking().pack(before)
    expectSound(HierarchicalPacking().pack(after, keeping: found), after)
  }

  @Test func `cancelling still gives a packing`() {
    var packing = HierarchicalPacking()
    packing.improvements = 1_000_000
    for seed in UInt64(0)..<2 {
      let problem = randomProblem(seed: seed)
      var steps = 0
      let found = packing.pack(problem) {
        steps += 1
        return steps > 30
      }
      expectSound(found, problem)
      expectSound(packing.pack(problem) { true }, problem)
    }
  }

  @Test func `progress rises within a stage`() {
    var packing = HierarchicalPacking()
    packing.improvements = 5
    var reports: [WorkProgress] = []
    _ = packing.pack(randomProblem(seed: 2), progress: { reports.append($0) })
    #expect(reports.count >= 15)
    for (one, other) in zip(reports, reports.dropFirst()) {
      #expect((one.stage, one.share) <= (other.stage, other.share))
    }
  }

  /// Two clusters can always be cut apart; each part is tried at every place.
  @Test(arguments: UInt64(0)..<6)
  func `few squares are packed within three hundredths of the densest`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let importances = (0..<2).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in 0.5 + 3 * random.unit() }
    }
    var few = problem(importances, width: 10, height: 7)
    (few.grid, few.smallestSide, few.contrast) = (1, 1, nil)
    let found = HierarchicalPacking().pack(few)
    expectSound(found, few)
    #expect(found.density >= 0.97 * greatestDensity(importances, width: 10, height: 7))
  }

  @Test func `similar members of one size are neighbours`() {
    let one = problem([Array(repeating: 1, count: 12)], width: 64, height: 48)
    let found = HierarchicalPacking().pack(one)
    let steps = zip(found.squares, found.squares.dropFirst()).map {
      abs($0.x - $1.x) + abs($0.y - $1.y)
    }
    #expect(Set(found.squares.map(\.side)) == [16])
    #expect(steps.reduce(0, +) <= 16 * 13)
  }

  @Test func `many clusters are cut by halves`() {
    let problem = problem(Array(repeating: [1, 2], count: 40), width: 160, height: 90)
    expectSound(HierarchicalPacking().pack(problem), problem)
  }
}

/// The density of the largest scale at which both groups fit their part of the canvas.
private func greatestDensity(_ groups: [[Double]], width: Int, height: Int) -> Double {
  let weights = groups.map { $0.map { $0.squareRoot() } }
  let scales = weights.joined().flatMap { weight in
    (1...height).map { Double($0) / weight + 1e-9 }
  }.sorted()
  var best = 0.0
  for scale in scales {
    let sides = weights.map { $0.map { max(1, Int(scale * $0)) } }
    let area = sides.joined().reduce(0) { $0 + $1 * $1 }
    if area > width * height || !fits(sides[0], sides[1], width, height) { break }
    best = Double(area) / Double(width * height)
  }
  return best
}

private func fits(_ one: [Int], _ other: [Int], _ width: Int, _ height: Int) -> Bool {
  (1..<width).contains { cut in fits(one, cut, height) && fits(other, width - cut, height) }
    || (1..<height).contains { cut in fits(one, width, cut) && fits(other, width, height - cut) }
}

private func fits(_ sides: [Int], _ width: Int, _ height: Int) -> Bool {
  sides.reduce(0) { $0 + $1 * $1 } <= width * height && fitsAnywhere(sides[...], width, height, [])
}

private func fitsAnywhere(
  _ sides: ArraySlice<Int>, _ width: Int, _ height: Int, _ placed: [(x: Int, y: Int, side: Int)]
) -> Bool {
  guard let side = sides.first else { return true }
  guard side <= min(width, height) else { return false }
  for x in 0...width - side {
    for y in 0...height - side {
      let isFree = placed.allSatisfy {
        x + side <= $0.x || $0.x + $0.side <= x || y + side <= $0.y || $0.y + $0.side <= y
      }
      if isFree, fitsAnywhere(sides.dropFirst(), width, height, placed + [(x, y, side)]) {
        return true
      }
    }
  }
  return false
}
