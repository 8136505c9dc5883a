import Canvas
import Testing

@testable import Explorer

struct NetworkZoomTests {
  @Test func `zooming goes from a map to one column and says so at the ends`() {
    var state = settledState(after: "Z")
    #expect(state.networkZoom == .all)
    #expect(frame(state).text().contains("all 7 columns in view"))
    play("Z", on: &state)
    #expect(state.message == "this is as far as it goes")
    play("z z z", on: &state)
    #expect(state.networkZoom == .one)
    #expect(frame(state).text().contains("1 of 7"))
    play("z", on: &state)
    #expect(state.message == "this is as near as it goes")
  }

  @Test func `every pane can be clicked on the map`() {
    let state = settledState(height: 50, width: 200, after: "Z")
    let layers = surveyed(state, findsRegions: true).regions.compactMap { region -> Int? in
      if case .pane(let layer) = region.target { layer } else { nil }
    }
    #expect(layers.sorted() == state.arrangement.nodes.map(\.layer).sorted())
  }

  @Test func `the map leads into the network`() {
    let state = settledState(after: "Z l l enter")
    #expect(state.networkZoom == .panes && state.view == .network)
    #expect(state.selection.layer == 2)
  }

  @Test func `brackets say how much of the edges is wanted`() {
    var state = settledState(after: "]")
    #expect(state.edgePercent == 70)
    play("[ [ [ [ [ [ [ [ [", on: &state)
    #expect(state.edgePercent == 10)
    #expect(state.message == "edges: fewer can't be wanted")
  }

  @Test func `one key weighs edges by activation and back`() {
    var state = settledState(height: 50, width: 200, after: "w")
    #expect(frame(state).text().contains("|weight × activation|"))
    play("w", on: &state)
    #expect(frame(state).text().contains("of |weight| drawn"))
  }
}
