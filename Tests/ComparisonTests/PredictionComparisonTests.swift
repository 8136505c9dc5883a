import Atlases
import Comparison
import Networks
import Testing

struct PredictionComparisonTests {
  /// Images of two classes in turn; `right` says which are recognised.
  private func atlas(
    _ right: [Bool?], names: String = "image", hash: String = ""
  ) -> Atlas {
    let predictions = right.map { right in
      right.map {
        ImagePrediction(output: 0, confidence: 0.9, rankOfTruth: $0 ? 0 : 1)
      }
    }
    return Atlas(
      provenance: Provenance(
        modelHash: "", datasetHash: hash, preprocessing: nil, outputNames: [],
        outputNamesEvidence: .assumed, seed: 1, analyzedImageCount: right.count,
        plannedImageCount: right.count, unreadableImages: [], unreadableImageCount: 0,
        engine: "", convscopeVersion: "", shard: ShardNumber(index: 1, count: 1)),
      network: .planted, layers: [],
      dataset: DatasetIndex(
        name: "planted", form: "class folders", classes: ["cat", "dog"],
        imageNames: right.indices.map { "\(names)\($0)" }, labels: right.indices.map { $0 % 2 }),
      classification: ClassificationResult(
        outputOfClass: [0, 1], outputCount: 2, top1Count: 0, top5Count: 0, labeledCount: 0,
        confusion: [0, 0, 0, 0, 0, 0], predictions: predictions))
  }

  @Test func `images are counted by who is right`() throws {
    let found = try #require(
      PredictionComparison(
        atlas([true, true, false, false, nil, true]), atlas([true, false, true, false, true, nil])))
    #expect(found.imageCount == 4 && found.bothRight == 1 && found.bothWrong == 1)
    #expect(found.onlyFirst == [1] && found.onlySecond == [2])
    #expect(found.classes.map(\.name) == ["cat", "dog"])
    #expect(found.classes[0].first.correct == 1 && found.classes[0].second.correct == 2)
    #expect(found.classes[1].first.count == 2)
  }

  @Test func `other images are not compared`() {
    #expect(PredictionComparison(atlas([true]), atlas([true], names: "other")) == nil)
    // Training and test images often have the same names.
    #expect(PredictionComparison(atlas([true]), atlas([true], hash: "other")) == nil)
    #expect(PredictionComparison(atlas([nil]), atlas([true])) == nil)
  }

  @Test func `chance is that of an even coin`() throws {
    func chance(_ first: Int, _ second: Int) throws -> Double {
      let one = (0..<first + second).map { $0 < first }
      return try #require(PredictionComparison(atlas(one), atlas(one.map { !$0 }))).chance
    }
    #expect(try chance(1, 1) == 1)
    #expect(abs(try chance(5, 0) - 2.0 / 32) < 1e-12)
    #expect(abs(try chance(8, 2) - 2 * 56.0 / 1024) < 1e-12)
    let small = try chance(1500, 1000)
    #expect(small > 0 && small < 1e-20)
    #expect(try #require(PredictionComparison(atlas([true]), atlas([true]))).chance == 1)
  }
}
