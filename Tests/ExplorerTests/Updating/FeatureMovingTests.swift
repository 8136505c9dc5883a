import Canvas
import Testing

@testable import Explorer

struct FeatureMovingTests {
  private let tiles = [(0, 0), (0, 8), (4, 0), (4, 8), (4, 16)].enumerated().map {
    FeatureTile(
      neuron: $0.offset,
      area: CellRect(row: $0.element.0, column: $0.element.1, height: 4, width: 8))
  }

  @Test func `the next picture lies in the direction of the key`() {
    #expect(neighbor(of: tiles[0], among: tiles, .right)?.neuron == 1)
    #expect(neighbor(of: tiles[0], among: tiles, .down)?.neuron == 2)
    #expect(neighbor(of: tiles[3], among: tiles, .up)?.neuron == 1)
    #expect(neighbor(of: tiles[4], among: tiles, .up)?.neuron == 1)
    #expect(neighbor(of: tiles[0], among: tiles, .left) == nil)
  }

  @Test func `the layer screen shows pictures or values`() {
    var state = settledState(after: "l l l enter l 1")
    #expect(frame(state).text().contains("patches · size: mean activation"))
    play("i", on: &state)
    #expect(frame(state).text().contains("size: class selectivity"))
    play("2", on: &state)
    #expect(frame(state).text().contains("mean of spatial mean"))
    #expect(state.facet == .features)
  }
}
