import Analysis
import Canvas
@testable import Explorer
import Testing

struct NeededImagesTests {
  @Test func `a view asks for what it shows, once`() {
    var state = ExplorerState(
      atlas: PlantedAtlas.make(),
      context: RenderContext(size: ScreenSize(height: 40, width: 120)))
    _ = update(&state, .resized(state.context.size))
    let effects = update(&state, workedOut(state, number: 1))
    let needed = neededImages(state)
    #expect(!needed.isEmpty)
    #expect(effects == [.loadImages(Array(needed.prefix(48)))])
    #expect(update(&state, .resized(state.context.size)) == [.workOut(number: 2)])
  }

  @Test func `the neuron screen needs its nine patches`() {
    let state = settledState(height: 40, width: 120, after: "l l l enter enter enter")
    let patches = state.digest?.topPatches(state.selection.neuron) ?? []
    #expect(Set(neededImages(state)) == Set(patches.map { Int($0.image) }))
  }

  @Test func `heatmaps need none`() {
    #expect(neededImages(settledState(after: "2")).isEmpty)
  }
}
