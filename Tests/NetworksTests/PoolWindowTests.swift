import Networks
import Testing

@Suite struct PoolWindowTests {
  @Test func `padding is left out and gaps are kept`() {
    let window = PoolWindow(
      size: [2, 3], strides: [2, 1], dilations: [1, 2], padsBefore: [1, 2], positions: [2, 4])
    #expect(window.places(row: 0, column: 0, height: 3, width: 4) == [0, 2])
    #expect(window.places(row: 1, column: 1, height: 3, width: 4) == [5, 7, 9, 11])
    #expect(window.places(row: 1, column: 2, height: 3, width: 4) == [4, 6, 8, 10])
    #expect(window.places(row: 2, column: 0, height: 3, width: 4).isEmpty)
  }
}
