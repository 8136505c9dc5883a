import Testing

@testable import Explorer

struct ClusterSlotsTests {
  @Test func `equal shares where all facets fit`() {
    let slots = ClusterSlots(4, height: 22, needs: 4...12, selected: 2, start: 0)
    #expect(slots.heights == [6, 6, 5, 5])
  }

  @Test func `the selected cluster first where not all facets fit`() {
    let slots = ClusterSlots(6, height: 15, needs: 4...12, selected: 3, start: 0)
    #expect(slots.heights == [5, 1, 1, 6, 1, 1])
  }

  @Test func `labels scroll where not even those fit`() {
    let slots = ClusterSlots(9, height: 4, needs: 4...12, selected: 7, start: 4)
    #expect(slots.start == 4 && slots.heights == [1, 1, 1, 1])
  }

  @Test(arguments: 0..<12)
  func `rows never exceed the height`(count: Int) {
    for height in 0..<40 {
      for selected in 0..<max(1, count) {
        let slots = ClusterSlots(count, height: height, needs: 4...9, selected: selected, start: 0)
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
