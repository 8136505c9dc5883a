import Atlases
import Testing

@testable import Explorer

struct ImageFilterTests {
  private let atlas = PlantedAtlas.make()

  private func brute(_ filter: ImageFilter) -> Set<Int> {
    let predictions = atlas.classification?.predictions ?? []
    return Set(
      (0..<200).filter { image in
        let label = image / PlantedAtlas.imagesPerClass
        let output = predictions[image].map { Int($0.output) }
        return (filter.truth.map { $0 == label } ?? true)
          && (filter.predicted.map { $0 == output } ?? true)
          && (filter.verdict == .all || (filter.verdict == .right) == (output == label))
      })
  }

  @Test(arguments: [nil, 3, 8], [ImageFilter.Verdict.all, .right, .wrong])
  func `the filter lets through what it says`(truth: Int?, verdict: ImageFilter.Verdict) {
    for predicted in [nil, 0, 5] {
      for order in [ImageFilter.Order.confident, .unsure, .dataset] {
        let filter = ImageFilter(
          truth: truth, predicted: predicted, verdict: verdict, order: order)
        let images = filteredImages(filter, in: atlas)
        #expect(Set(images) == brute(filter) && Set(images).count == images.count)
        let sure = images.map { atlas.classification?.predictions[$0]?.confidence ?? -1 }
        switch order {
        case .confident: #expect(sure == sure.sorted(by: >))
        case .unsure: #expect(sure == sure.sorted())
        case .dataset: #expect(images == images.sorted())
        }
      }
    }
  }

  @Test func `images that did not run come last by confidence and are neither right nor wrong`() {
    var atlas = atlas
    atlas.classification?.predictions[4] = nil
    for order in [ImageFilter.Order.confident, .unsure] {
      #expect(filteredImages(ImageFilter(truth: 0, order: order), in: atlas).last == 4)
    }
    #expect(!filteredImages(ImageFilter(verdict: .right), in: atlas).contains(4))
    #expect(!filteredImages(ImageFilter(verdict: .wrong), in: atlas).contains(4))
  }

  @Test func `keys filter the list and keep the image under the cursor`() {
    var state = settledState(after: "I v v")
    #expect(state.view == .images && state.filterText == "6 wrong images")
    play("l l", on: &state)
    let image = state.listedImages[state.selection.item]
    play("o o", on: &state)
    #expect(state.listedImages[state.selection.item] == image)
    play("t", on: &state)
    #expect(state.imageFilter.truth == state.label(of: image))
    play("enter ]", on: &state)
    #expect(state.view == .image && state.listedImages.contains(state.selection.image))
    let last = state.selection.image
    play("esc", on: &state)
    #expect(state.listedImages[state.selection.item] == last)
  }

  @Test func `filtering on the image screen makes the list what is stepped through`() {
    var state = settledState(after: "enter enter enter enter")
    #expect(state.view == .image && !state.stepsInList)
    play("v v", on: &state)
    #expect(state.stepsInList && state.listedImages.contains(state.selection.image))
    let first = state.selection.image
    play("]", on: &state)
    #expect(state.listedImages.firstIndex(of: state.selection.image) == 1)
    play("[ [", on: &state)
    #expect(state.selection.image == first && state.message == "the first of 6")
  }

  @Test func `the classes screen lists the images of its class`() {
    let state = settledState(after: "c j j j I")
    #expect(state.filterText == "20 cat images" && state.listedImages.count == 20)
  }

  @Test func `without labels or data there is nothing to trap on`() {
    var bare = PlantedAtlas.structureOnly()
    #expect(filteredImages(ImageFilter(), in: bare).isEmpty)
    bare = PlantedAtlas.make()
    bare.classification = nil
    #expect(filteredImages(ImageFilter(), in: bare).count == 200)
    #expect(filteredImages(ImageFilter(verdict: .wrong), in: bare).isEmpty)
  }
}
