import Canvas
import Testing

@testable import Explorer

struct KernelMovingTests {
  @Test func `the arrow keys go from kernel to kernel of the layer, and back to its clusters`()
    throws
  {
    var state = settledState(after: "l l l enter 4")
    #expect(frame(state).text().contains("kernels 3×3"))
    #expect(!frame(state).text().contains("mean of spatial mean"))
    play("l", on: &state)
    let digest = try #require(state.digest)
    let columns = try #require(surveyed(state).patchColumns)
    let row = try #require(digest.row(of: state.selection.neuron))
    #expect(row % columns == 0 && state.place.focus == 1)
    play("l", on: &state)
    #expect(state.selection.neuron == digest.rows[row + 1])
    play("j", on: &state)
    #expect(state.selection.neuron == digest.rows[row + 1 + columns])
    play("k h", on: &state)
    #expect(state.selection.neuron == digest.rows[row])
    play("h", on: &state)
    #expect(state.place.focus == 0)
  }

  @Test func `a cluster's kernels take the place of its patches on the facet of weights`() throws {
    var state = settledState(after: "l l l enter enter tab 4")
    #expect(state.showsKernels && state.facet == .weights)
    let cluster = try #require(state.cluster)
    play("G", on: &state)
    #expect(state.selection.neuron == state.digest?.rows[cluster.rows.upperBound - 1])
    play("1", on: &state)
    #expect(!state.showsKernels)
  }

  @Test func `without images kernels are all there is to move in`() throws {
    var state = settledState(PlantedAtlas.structureOnly(), after: "l enter")
    #expect(state.place.focus == 1 && state.showsKernels)
    let before = state.selection.neuron
    play("l", on: &state)
    #expect(state.selection.neuron != before)
    #expect(frame(state).text().contains("norm"))
  }

  @Test func `what is copied is the table of kernels`() throws {
    let state = settledState(after: "l l l enter 4 l l")
    let (table, row) = try #require(state.tableAtCursor())
    #expect(table.name == "kernels" && table.columns.count == 4)
    let found = try #require(row)
    #expect(table.rows[found].first == DescribedValue(state.selection.neuron))
    let alone = try #require(
      settledState(PlantedAtlas.structureOnly(), after: "l enter l").tableAtCursor())
    #expect(alone.table.name == "kernels" && alone.row != nil)
  }
}
