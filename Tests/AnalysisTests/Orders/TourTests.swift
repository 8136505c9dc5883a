import Tensors
import Testing

@testable import Analysis

@Suite struct TourTests {
  @Test(arguments: UInt64(0)..<10)
  func `reversals keep places and lengths true, and can be taken back`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let distances = randomDistances(23, seed: seed)
    var tour = Tour(distances)
    for _ in 0..<200 {
      tour.reverse(Int.random(in: 0..<23, using: &random), Int.random(in: 0..<23, using: &random))
      for place in 0..<23 {
        let item = tour.item(at: place)
        #expect(tour.place(of: item) == place)
        #expect(tour.ahead[place] == distances[item, tour.next(item)])
      }
    }
    #expect(tour.items.sorted() == Array(0..<23))
    tour.takeBack(to: 0)
    #expect(isSameCycle(tour.items.map { Int($0) }, Array(0..<23)))
  }

  @Test(arguments: UInt64(0)..<10)
  func `gains add up to what the tour got shorter`(seed: UInt64) {
    let distances = randomDistances(60, seed: seed)
    var search = TourSearch(distances, NeighborLists(distances, width: 8))
    let before = search.tour.ahead.reduce(0.0) { $0 + Double($1) }
    for item in 0..<60 { search.wake(item) }
    let gained = search.settle()
    let after = search.tour.ahead.reduce(0.0) { $0 + Double($1) }
    #expect(abs(before - gained - after) < 1e-4)
    #expect(gained > 0)
    #expect(search.tour.items.sorted() == Array(0..<60))
  }
}

private func randomDistances(_ count: Int, seed: UInt64) -> SquareDistances {
  SquareDistances.cosine(ActivationProfiles(randomMatrix(count, 4, seed: seed)).unitRows)
}

private func isSameCycle(_ one: [Int], _ other: [Int]) -> Bool {
  guard let start = one.firstIndex(of: other[0]) else { return false }
  let turned = Array(one[start...] + one[..<start])
  return turned == other || [turned[0]] + turned.dropFirst().reversed() == other
}
