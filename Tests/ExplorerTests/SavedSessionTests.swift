import Atlases
import Networks
import Testing

@testable import Explorer

struct SavedSessionTests {
  private func hashed() -> Atlas {
    var atlas = PlantedAtlas.make()
    atlas.provenance.modelHash = "m"
    atlas.provenance.datasetHash = "d"
    return atlas
  }

  @Test func `an edit is kept, and comes back at the next visit`() throws {
    var first = settledState(hashed(), after: "/ 'reduce:A' enter")
    var kept: [SavedSession] = []
    for key in keys("p") {
      for case .keepSession(let session) in update(&first, .key(key)) { kept.append(session) }
    }
    let session = try #require(kept.last)
    #expect(session.layers.map(\.name) == ["reduce"] && session.layer == "reduce")

    var second = ExplorerState(atlas: hashed(), context: first.context)
    let asked = update(&second, .resized(second.context.size))
    #expect(asked.contains(.findSession(SessionKey(modelHash: "m", datasetHash: "d"))))
    answer(update(&second, .sessionFound(session)), &second)
    #expect(second.atlas.layers[3].grouping == first.atlas.layers[3].grouping)
    #expect(second.layer?.name == "reduce")
  }

  @Test func `clusters wait for a layer that is not clustered yet`() throws {
    let session = try #require(
      settledState(hashed(), after: "/ 'reduce:A' enter p").savedSession)
    var early = hashed()
    early.layers[3].clustering = nil
    early.layers[3].rowOrder = nil
    var state = settledState(early)
    answer(update(&state, .sessionFound(session)), &state)
    #expect(state.atlas.layers[3].grouping == nil)
    answer(update(&state, .atlasRefreshed(hashed())), &state)
    #expect(state.atlas.layers[3].grouping == session.layers[0].grouping)
  }

  @Test func `a session of another model, or one that does not fit, changes nothing`() throws {
    let session = try #require(
      settledState(hashed(), after: "/ 'reduce:A' enter p").savedSession)
    var state = settledState(hashed())
    var foreign = session
    foreign.key.modelHash = "other"
    answer(update(&state, .sessionFound(foreign)), &state)
    var misfit = session
    misfit.layers[0].name = "conv1"
    answer(update(&state, .sessionFound(misfit)), &state)
    #expect(state.atlas == hashed())
  }
}
