import Atlases
import Networks
import Testing

@testable import Comparison

struct ComparisonBasisTests {
  private func atlas(
    images: Int = 100, of data: String = "d", seed: UInt64 = 1, mean: Float = 0, offset: Int = 0
  ) -> Atlas {
    var preprocessing = Preprocessing(
      height: 4, width: 4, colorOrder: .rgb, layout: .nchw, scale: 1, mean: [mean, 0, 0],
      standardDeviation: [1, 1, 1], resize: .stretch)
    preprocessing.backgroundOffset = offset
    return Atlas(
      provenance: Provenance(
        modelHash: "", datasetHash: data,
        preprocessing: PreprocessingChoice(
          chosen: PreprocessingTrial(
            preprocessing: preprocessing, name: "p", top1: nil, imageCount: 0),
          evidence: .read, runnersUp: [], reason: ""),
        outputNames: [], outputNamesEvidence: .assumed, seed: seed, analyzedImageCount: images,
        plannedImageCount: images, unreadableImages: [], unreadableImageCount: 0, engine: "",
        convscopeVersion: "", shard: ShardNumber(index: 1, count: 1)),
      network: .planted, layers: [], dataset: nil, classification: nil)
  }

  @Test func `the very same images are told from others`() {
    #expect(ComparisonBasis(atlas(), atlas()).images == .same)
    #expect(ComparisonBasis(atlas(), atlas(images: 50)).images == .otherOfSameData)
    #expect(ComparisonBasis(atlas(), atlas(seed: 2)).images == .otherOfSameData)
    #expect(ComparisonBasis(atlas(), atlas(of: "e")).images == .otherData)
    #expect(ComparisonBasis(atlas(), atlas(images: 0)).images == .missing)
  }

  @Test func `feeding is compared by what becomes of an image`() {
    #expect(ComparisonBasis(atlas(), atlas(offset: 1)).areFedAlike == true)
    #expect(ComparisonBasis(atlas(), atlas(mean: 0.5)).areFedAlike == false)
    #expect(ComparisonBasis(atlas(images: 0), atlas()).areFedAlike == nil)
  }
}
