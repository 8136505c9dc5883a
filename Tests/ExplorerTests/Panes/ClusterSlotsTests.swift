import Testing

@testable import Explorer

struct ClusterSlotsTests {
  @Test func `all facets fit, the rest goes to those that lack most`() {
    let slots = ClusterSlots([4...12, 4...4, 1...1], height: 19, most: 12, selected: 1, start: 0)
    #expect(slots.heights == [12, 5, 2])
  }

  @Test func `rows nobody needs are shared alike`() {
    let slots = ClusterSlots([4...4, 4...4, 1...1], height: 20, most: 12, selected: 1, start: 0)
    #expect(slots.heights == [9, 9, 2])
  }

  @Test func `the selected cluster first where not all facets fit`() {
    let needs = Array(repeating: 4...12, count: 6)
    let slots = ClusterSlots(needs, height: 15, most: 12, selected: 3, start: 0)
    #expect(slots.heights == [5, 1, 1, 6, 1, 1])
  }

  @Test func `labels scroll where not even those fit`() {
    let needs = Array(repeating: 4...12, count: 9)
    let slots = ClusterSlots(needs, height: 4, most: 12, selected: 7, start: 4)
    #expect(slots.start == 4 && slots.heights == [1, 1, 1, 1])
  }

  @Test(arguments: 0..<12)
  func `rows never exceed the height`(count: Int) {
    let needs = (0..<count).map { 1 + $0 % 4...4 + $0 % 7 }
    for height in 0..<40 {
      for selected in 0..<max(1, count) {
        let slots = ClusterSlots(needs, height: height, most: 9, selected: selected, start: 0)
        #expect(slots.heights.reduce(0, +) <= height)
        #expect(slots.heights.count == min(count, height))
      }
    }
  }

  @Test func `whole names while they fit`() {
    #expect(fittingNames(["frog", "deer", "cat"], width: 9) == "frog deer")
    #expect(fittingNames(["automobile"], width: 5) == "auto…")
    #expect(fittingNames([], width: 5) == "")
  }
}
