import Atlases
import Canvas
import Testing

@testable import Explorer

/// What is asked for and shown of the image that is looked at.
struct ImageLookTests {
  private let script = "c j j j l l l l l enter enter"

  /// The image screen of image 60, nothing answered yet.
  private func asked() -> (state: ExplorerState, request: ImageRequest?) {
    var state = settledState(after: "c j j j l l l l l enter")
    answer(update(&state, .imageRunsPossible), &state)
    let effects = update(&state, .key(.enter))
    return (state, request(in: effects))
  }

  private func request(in effects: [ExplorerEffect]) -> ImageRequest? {
    for case .runImages(let request) in effects { return request }
    return nil
  }

  @Test func `the image on screen is asked for once, with the selected layer's maps`() {
    var (state, request) = asked()
    #expect(request == ImageRequest(.look, images: [60], layer: 0))
    #expect(self.request(in: update(&state, .key(.character("s")))) == nil)
    #expect(frame(state).text().contains("running this image"))
  }

  @Test func `a layer without maps is not asked for again`() throws {
    var (state, request) = asked()
    let wanted = try #require(request)
    answer([.runImages(wanted)], &state)
    var found = try #require(state.looks.found)
    found.maps = [:]
    state.looks.found = nil
    state.looks.asked = wanted
    let effects = update(&state, .imagesRan(wanted, found))
    #expect(self.request(in: effects) == nil)
    #expect(frame(state).text().contains("not one row an image"))
  }

  @Test func `nothing is asked for where the network cannot run`() {
    var state = settledState(after: "c j j j l l l l l enter")
    #expect(request(in: update(&state, .key(.enter))) == nil)
    #expect(frame(state).text().contains("--data PATH"))
    _ = update(&state, .progress(AnalysisProgress(done: 3, planned: 200)))
    #expect(frame(state).text().contains("can be seen"))
  }

  @Test func `the old image's figures stay, named, until the next one ran`() throws {
    var (state, _) = asked()
    answer([.runImages(ImageRequest(.look, images: [60], layer: 0))], &state)
    #expect(state.look?.images == [60])
    let next = try #require(request(in: update(&state, .key(.character("]")))))
    #expect(next.images == [61] && state.selection.image == 61 && state.look == nil)
    #expect(frame(state).text().contains("of cat/0.png…"))
    answer([.runImages(next)], &state)
    #expect(state.look?.images == [61] && !frame(state).text().contains("of cat/0.png…"))
  }

  @Test func `late answers and those of another network change nothing`() throws {
    var (state, request) = asked()
    let wanted = try #require(request)
    let found = PlantedActivations.make(wanted, state.atlas)
    _ = update(&state, .imagesRan(ImageRequest(.look, images: [7], layer: 0), found))
    #expect(state.looks.found == nil)
    var short = found
    short.layers.removeLast()
    _ = update(&state, .imagesRan(wanted, short))
    #expect(state.looks.found == nil)
    #expect(state.lookAbsence.contains("not the one shown"))
  }

  @Test func `a failure is told, and not tried again until the image is left`() throws {
    var (state, request) = asked()
    let wanted = try #require(request)
    let effects = update(&state, .imageRunFailed(wanted, reason: "the image cannot be read: no"))
    #expect(self.request(in: effects) == nil)
    #expect(frame(state).text().contains("the image cannot be read"))
    #expect(self.request(in: update(&state, .key(.character("]"))))?.images == [61])
    #expect(self.request(in: update(&state, .key(.character("["))))?.images == [60])
  }

  @Test func `the cluster that stands out most is selected, and arrows walk the rest`() {
    var state = settledState()
    answer(update(&state, .imageRunsPossible), &state)
    play(script, on: &state)
    // Image 60 is a cat: class 3, whose remainder by the layer's 2 clusters is 1.
    #expect(state.place.focus == 1 && state.cluster?.letter == "B")
    play("h j j j", on: &state)
    #expect(state.selection.layer == 3 && state.cluster?.letter == "D")
    play("l l j", on: &state)
    #expect(state.place.focus == 2 && state.cluster?.letter == "D")
    play("enter", on: &state)
    #expect(state.view == .neuron && state.selection.layer == 3)
    play("esc esc", on: &state)
    #expect(state.view == .images && state.selection.layer == 0)
  }

  @Test func `maps of layers come one by one where they are large, and never pile up`() {
    var look = ImageLook()
    look.isPossible = true
    let count = ActivationMaps.valueLimit
    for layer in 0..<4 {
      let request = look.request(5, layer: layer)
      #expect(request?.layer == layer)
      look.asked = request
      let maps = ActivationMaps(
        neuronCount: 1, height: 1, width: count, values: Array(repeating: 0, count: count))
      if let request {
        look.take(ImageActivations(images: [5], layers: [], maps: [layer: maps]), for: request)
      }
      #expect(look.request(5, layer: layer) == nil)
      #expect((look.found?.maps.count ?? 0) <= 2)
    }
  }
}
