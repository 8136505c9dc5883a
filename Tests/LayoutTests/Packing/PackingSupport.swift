import Layout
import Tensors
import Testing

func problem(_ groups: [[Double]], width: Int, height: Int) -> PackingProblem {
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

/// Clusters of squares on a small canvas.
func randomProblem(seed: UInt64) -> PackingProblem {
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

/// Squares lie on the canvas, on the grid, apart, and clusters in boxes of their own.
func expectSound(_ found: PackedFeatures, _ problem: PackingProblem) {
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
