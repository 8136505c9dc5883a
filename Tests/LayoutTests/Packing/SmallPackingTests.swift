import Tensors
import Testing

@testable import Layout

@Suite struct SmallPackingTests {
  @Test(arguments: UInt64(0)..<40)
  func `no packing of up to five squares is lower`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sides = (0..<Int.random(in: 1...5, using: &random))
      .map { _ in Int.random(in: 1...5, using: &random) }.sorted(by: >)
    let width = Int.random(in: sides[0]...sides[0] + 6, using: &random)
    let found = try #require(SmallPacking.pack(sides, width: width, stepLimit: 100_000))
    #expect(found.height == leastHeight(sides, width: width))
    expectApart(found.places, sides, width: width, height: found.height)
  }

  @Test(arguments: UInt64(0)..<40)
  func `a skyline keeps squares apart`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sides = (0..<30).map { _ in Int.random(in: 1...9, using: &random) }
    let found = try #require(Skyline.pack(sides, width: 23))
    expectApart(found.places, sides, width: 23, height: found.height)
  }

  @Test func `a square wider than the strip has no place`() {
    #expect(Skyline.pack([4], width: 3) == nil)
    #expect(SmallPacking.pack([4], width: 3, stepLimit: 10) == nil)
  }
}

private func expectApart(_ places: [(x: Int, y: Int)], _ sides: [Int], width: Int, height: Int) {
  #expect(places.count == sides.count)
  for one in places.indices {
    #expect(places[one].x >= 0 && places[one].x + sides[one] <= width)
    #expect(places[one].y >= 0 && places[one].y + sides[one] <= height)
    for other in places.indices where other < one {
      #expect(isApart(places[one], sides[one], places[other], sides[other]))
    }
  }
}

private func isApart(_ one: (x: Int, y: Int), _ side: Int, _ other: (x: Int, y: Int), _ edge: Int)
  -> Bool
{
  one.x + side <= other.x || other.x + edge <= one.x || one.y + side <= other.y
    || other.y + edge <= one.y
}

/// Tries every place of every square.
private func leastHeight(_ sides: [Int], width: Int) -> Int {
  func fits(_ index: Int, _ height: Int, _ placed: [(x: Int, y: Int)]) -> Bool {
    guard index < sides.count else { return true }
    guard sides[index] <= height else { return false }
    for x in 0...width - sides[index] {
      for y in 0...height - sides[index] {
        let isFree = placed.indices.allSatisfy {
          isApart((x, y), sides[index], placed[$0], sides[$0])
        }
        if isFree, fits(index + 1, height, placed + [(x, y)]) { return true }
      }
    }
    return false
  }
  let area = sides.reduce(0) { $0 + $1 * $1 }
  return ((area + width - 1) / width...25).first { fits(0, $0, []) } ?? 0
}
