import Atlases
import FoundationEssentials
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

  @Test(arguments: [(nil, 0.6), (0.7, nil), (0.55, 0.8), (1, nil)] as [(Float?, Float?)])
  func `a range of confidence lets through what lies in it`(above: Float?, below: Float?) {
    var atlas = atlas
    atlas.classification?.predictions[4] = nil
    atlas.classification?.predictions[7]?.confidence = .nan
    let range = ConfidenceRange(above: above, below: below)
    let images = filteredImages(ImageFilter(confidence: range, order: .dataset), in: atlas)
    let predictions = atlas.classification?.predictions ?? []
    let inside = predictions.indices.filter { image in
      guard let sure = predictions[image]?.confidence else { return false }
      return sure > above ?? -1 && sure < below ?? 2
    }
    #expect(images == inside)
    #expect(!images.contains(4) && !images.contains(7))
  }

  @Test func `a key steps through ranges of confidence and says how many images are left`() {
    var state = settledState(after: "I")
    var left: [Int] = []
    for range in ConfidenceRange.steps {
      play("F", on: &state)
      #expect(state.imageFilter.confidence == range)
      let count = filteredImages(ImageFilter(confidence: range), in: atlas).count
      #expect(state.listedImages.count == count)
      #expect(state.message?.hasPrefix("\(count) image") == true)
      #expect(state.message?.contains(range.title) == true)
      left.append(count)
    }
    #expect(left.contains { $0 > 0 && $0 < 200 })
    play("F", on: &state)
    #expect(state.imageFilter.confidence == nil && state.listedImages.count == 200)
  }

  @Test func `words narrow the list and the image screen steps through what is left`() throws {
    var state = settledState(after: "enter enter enter enter")
    state.run(.filterImages, argument: "confidence>0.6 confidence<80%")
    #expect(state.imageFilter.confidence == ConfidenceRange(above: 0.6, below: 0.8))
    #expect(state.stepsInList)
    let listed = state.listedImages
    #expect(listed.count > 1 && listed.count < 200)
    #expect(imageFacts(state.selection.image, state).contains { $0.value == state.filterText })
    play("]", on: &state)
    #expect(listed.contains(state.selection.image))
    state.run(.filterImages, argument: "wrong")
    #expect(state.imageFilter.verdict == .wrong && state.imageFilter.confidence != nil)
    state.run(.filterImages, argument: "all")
    #expect(state.listedImages.count == 200)
  }

  @Test(arguments: [
    "confidence<", "confidence<x", "confidence>2", "confidence>-0.1", "confidence<nan", "cat",
    "confidence=0.5", "confidence>0.9 confidence<0.1", "confidence<101%",
  ])
  func `a filter that means nothing is refused and changes nothing`(words: String) {
    var state = settledState(after: "I")
    let before = state.imageFilter
    state.run(.filterImages, argument: words)
    #expect(state.imageFilter == before && state.listedImages.count == 200)
    #expect(state.message?.isEmpty == false)
  }

  @Test func `a filter saved before confidence counted is read`() throws {
    let old = Data(#"{"verdict":"wrong","order":"dataset"}"#.utf8)
    #expect(
      try JSONDecoder().decode(ImageFilter.self, from: old)
        == ImageFilter(verdict: .wrong, order: .dataset))
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
