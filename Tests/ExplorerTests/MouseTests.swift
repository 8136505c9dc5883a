import Canvas
@testable import Explorer
import Networks
import Testing

/// What is drawn is what a click hits.
struct MouseTests {
  @Test(arguments: ["", "enter", "l l l enter enter", "l l l enter enter enter", "c", "c enter"])
  func `a click selects what lies under it`(script: String) {
    let state = settledState(height: 40, width: 120, after: script)
    let survey = surveyed(state, findsRegions: true)
    #expect(survey.regions.count > 5)
    for (index, region) in survey.regions.enumerated()
    where survey.regions.count < 40 || index % 5 == 0 {
      let point = (row: region.area.row, column: region.area.column)
      guard survey.region(row: point.row, column: point.column) == region else { continue }
      var clicked = state
      _ = update(&clicked, .key(.mousePress(row: point.row, column: point.column)))
      expectSelected(region.target, clicked)
      if let part = region.part { #expect(clicked.place.focus == part) }
    }
  }

  @Test func `a double click goes in`() throws {
    var state = settledState(height: 40, width: 120)
    let region = try #require(
      surveyed(state, findsRegions: true).regions.first {
        $0.target == .cluster(layer: 3, place: 2)
      })
    _ = update(
      &state, .key(.mouseDoubleClick(row: region.area.row, column: region.area.column + 1)))
    #expect(state.view == .layer)
    #expect(state.layer?.name == "reduce")
    #expect(state.cluster?.letter == "C")
  }

  @Test func `the keys of the footer can be clicked`() throws {
    var state = settledState()
    let regions = surveyed(state, findsRegions: true).regions
    let region = try #require(regions.first { $0.target == .command(.help) })
    _ = update(&state, .key(.mousePress(row: region.area.row, column: region.area.column)))
    #expect(state.helpLine == 0)
  }

  @Test func `the wheel moves three rows`() {
    var state = settledState(height: 40, width: 120, after: "l l l enter l")
    let row = state.digest?.rowOfNeuron[state.selection.neuron] ?? -1
    _ = update(&state, .key(.scrollDown(row: 10, column: 60)))
    #expect(state.digest?.rowOfNeuron[state.selection.neuron] == row + 3)
  }

  private func expectSelected(_ target: Target, _ state: ExplorerState) {
    let selection = state.selection
    switch target {
    case .pane(let layer): #expect(selection.layer == layer)
    case .cluster(let layer, let place):
      #expect(selection.layer == layer)
      #expect(state.digest?.placeOfNeuron[selection.neuron] == place)
    case .neuron(let neuron, let classIndex):
      #expect(selection.neuron == neuron)
      if let classIndex { #expect(selection.classIndex == classIndex) }
    case .clusterPatch(let neuron, _): #expect(selection.neuron == neuron)
    case .patch(_, let patch): #expect(selection.patch == patch)
    case .classRow(let index): #expect(selection.classIndex == index)
    case .confusion(let truth, let predicted):
      #expect(selection.classIndex == truth && selection.predicted == predicted)
    case .item(let index): #expect(selection.item == index)
    case .link(let index): #expect(selection.link == index)
    case .finding(let index): #expect(state.findingIndex(in: state.findings ?? []) == index)
    case .whatIf(let place): #expect(state.shelf.place == place)
    case .whatIfRow(let row): #expect(state.shelf.row == row)
    case .suggestion, .command, .part: break
    }
  }
}
