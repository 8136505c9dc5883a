import ModelFiles
import Networks
import Tensors
import Testing

@testable import Pipeline

@Suite struct DistinctImagesTests {
  @Test(arguments: UInt64(0)..<20)
  func `each picture comes once, in order, and none is looked at twice`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pictures = (0..<60).map { _ in Int.random(in: 0..<25, using: &random) }
    let order = pictures.indices.shuffled(using: &random)
    var distinct = DistinctImages(of: order, limit: 50)
    var looked: [Int] = []
    for size in [4, 9, 9, 30, 60] {
      distinct.extend(to: size) { images in
        looked += images
        return images.map { pictures[$0] == 7 ? nil : "\(pictures[$0])" }
      }
      var seen: Set<Int> = []
      let expected = looked.filter { pictures[$0] == 7 || seen.insert(pictures[$0]).inserted }
      #expect(distinct.images == expected)
      #expect(distinct.images.count <= size)
      #expect(distinct.images.count == size || distinct.isExhausted)
      #expect(distinct.copyCount == looked.count - expected.count)
    }
    #expect(looked == Array(order.prefix(50)))
  }

  /// Of 60 pictures the most usual way gets six wrong and the next five others: nothing, unless each
  /// counts ten times.
  @Test func `ten copies of each image prove no more than one`() {
    let candidates = Array(
      preprocessingCandidates(
        for: ImageInput(
          portIndex: 0, name: "x", elementType: .float32, layout: .nchw, channelCount: 3,
          height: 32, width: 32, fixedBatch: nil), imageSizes: []
      ).prefix(2))
    let wrong = [Set([2, 11, 24, 37, 45, 58]), Set([3, 16, 29, 40, 52])]
    for copies in [1, 10] {
      let labels = (0..<60 * copies).map { Optional(($0 % 60) % 10) }
      let decide = { (contents: @escaping (Int) -> String) in
        let evaluate = { (way: Preprocessing, images: [Int]) -> [[Float]?] in
          let errors = wrong[way == candidates[0].preprocessing ? 0 : 1]
          return images.map { image in
            let picture = image % 60
            let best = (picture + (errors.contains(picture) ? 1 : 0)) % 10
            return (0..<10).map { $0 == best ? 4 : 0 }
          }
        }
        return PreprocessingSearch().choose(
          candidates,
          mappings: [
            ClassMapping(
              name: "by order", outputs: Array(0..<10), backgroundOffset: 0, evidence: .assumed)
          ], labels: labels
        ) { way, _, images in
          evaluate(way, images)
        } contents: { images in
          images.map(contents)
        } evaluate: { ways, images in
          ways.map { evaluate($0, images) }
        }
      }
      let decision = decide { "\($0 % 60)" }
      #expect(decision.choice.chosen.name == candidates[0].name)
      #expect(decision.choice.evidence == .inferred)
      #expect(decision.choice.chosen.imageCount == 60)
      #expect(decision.choice.chosen.top1 == 54.0 / 60)
      #expect(decision.choice.reason.contains("copies") == (copies > 1))
      let fooled = decide { "\($0)" }
      #expect((fooled.choice.chosen.name == candidates[1].name) == (copies > 1))
    }
  }
}
