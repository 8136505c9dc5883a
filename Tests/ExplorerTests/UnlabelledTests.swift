import Analysis
import Atlases
import Canvas
import Networks
import Tensors
import Testing

@testable import Explorer

/// Images without labels: patches and weights, no classes.
struct UnlabelledTests {
  @Test func `patches show, and what is missing is said`() {
    var state = settledState(unlabelled(), after: "enter enter")
    #expect(!neededImages(state).isEmpty)
    #expect(frame(state).text().contains("carry no labels"))
    play("enter", on: &state)
    #expect(state.view == .neuron)
    #expect(neededImages(state).count == 9)
    play("c", on: &state)
    #expect(frame(state).text().contains("nothing can be counted"))
  }

  private func unlabelled() -> Atlas {
    var atlas = PlantedAtlas.make()
    atlas.classification = nil
    atlas.dataset = DatasetIndex(
      name: "flat", form: "flat folder", classes: [],
      imageNames: (0..<200).map { "\($0).png" }, labels: Array(repeating: nil, count: 200))
    for index in atlas.layers.indices {
      let count = PlantedNetwork.sizes[index]
      let none = Matrix(rowCount: count, columnCount: 0)
      atlas.layers[index].columnOrder = nil
      guard let full = atlas.layers[index].statistics else { continue }
      atlas.layers[index].statistics = ActivationStatistics(
        imageCount: 200, classCounts: [], meanOfMean: none, meanOfMax: none,
        secondMomentOfMean: none, secondMomentOfMax: none, firingShare: none,
        topPatches: full.topPatches, classBest: [], health: full.health)
    }
    return atlas
  }
}
