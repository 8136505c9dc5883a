import Networks
import Pipeline
import Tensors
import Testing

private let base = Preprocessing(
  height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255, mean: [0, 0, 0],
  standardDeviation: [1, 1, 1], resize: .stretch)

@Suite struct PreprocessingSpecTests {
  @Test func `every key is read`() throws {
    let text =
      "size=227x200,order=bgr,scale=255,mean=104/117/123,std=2,layout=nhwc,resize=crop:256,offset=1"
    let expected = Preprocessing(
      height: 227, width: 200, colorOrder: .bgr, layout: .nhwc, scale: 1,
      mean: [104, 117, 123], standardDeviation: [2, 2, 2],
      resize: .shortSideThenCenterCrop(256), backgroundOffset: 1)
    #expect(try PreprocessingSpec.parse(text, base: base) == expected)
    #expect(PreprocessingSpec.text(expected) == text)
  }

  @Test func `presets follow the colour order and leave the rest alone`() throws {
    let plain = try PreprocessingSpec.parse("imagenet", base: base)
    #expect(plain.mean == [0.485, 0.456, 0.406] && plain.height == 32)
    let turned = try PreprocessingSpec.parse("imagenet,order=bgr", base: base)
    #expect(turned.mean == [0.406, 0.456, 0.485])
    let caffe = try PreprocessingSpec.parse("caffe", base: base)
    #expect(caffe.colorOrder == .bgr && caffe.mean == [104, 117, 123] && caffe.scale == 1)
    let gray = try PreprocessingSpec.parse("order=gray,tf", base: base)
    #expect(gray.mean == [0.5] && gray.standardDeviation == [0.5])
    for preset in PreprocessingSpec.presets {
      #expect(throws: Never.self) { try PreprocessingSpec.parse(preset, base: base) }
    }
    #expect(try PreprocessingSpec.parse(" unit , size = 64 ", base: base).width == 64)
  }

  @Test func `what cannot be meant is one sentence that names it`() {
    let bad = [
      "imgnet", "size=0", "size=9x9x9", "size=", "order=xyz", "scale=0", "scale=nan",
      "scale=1e-45", "mean=1/2", "mean=a", "mean=1//2", "std=0", "std=-1", "std=inf",
      "layout=hwc", "resize=crop:", "resize=crop:0", "offset=-1", "offset=99", "depth=3",
      "size=99999999999999999999", "order=gray,mean=1/2/3",
    ]
    for text in bad {
      let error = #expect(throws: PreprocessingError.self, "\(text)") {
        try PreprocessingSpec.parse(text, base: base)
      }
      #expect(error?.description.contains("preprocessing") == true)
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `text reads back as the same preprocessing`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let order = [ColorOrder.rgb, .bgr, .gray].randomElement(using: &random) ?? .rgb
    let count = order == .gray ? 1 : 3
    let original = Preprocessing(
      height: .random(in: 1...8192, using: &random), width: .random(in: 1...64, using: &random),
      colorOrder: order, layout: Bool.random(using: &random) ? .nchw : .nhwc,
      scale: Float.random(in: 0.001...300, using: &random) / 255,
      mean: (0..<count).map { _ in .random(in: -200...200, using: &random) },
      standardDeviation: (0..<count).map { _ in .random(in: 1e-3...300, using: &random) },
      resize: Bool.random(using: &random)
        ? .stretch : .shortSideThenCenterCrop(.random(in: 1...512, using: &random)),
      backgroundOffset: .random(in: 0...1, using: &random))
    let text = PreprocessingSpec.text(original)
    #expect(try PreprocessingSpec.parse(text, base: base) == original)
  }

  @Test func `a spec that the network cannot take is refused`() {
    let input = ImageInput(
      portIndex: 0, name: "x", elementType: .float32, layout: .nchw, channelCount: 3,
      height: 224, width: 224, fixedBatch: nil)
    #expect(throws: PreprocessingError.self) {
      try PreprocessingSpec.parse("size=227", for: input, imageSizes: [])
    }
    #expect(throws: PreprocessingError.self) {
      try PreprocessingSpec.parse("order=gray", for: input, imageSizes: [])
    }
    #expect(throws: Never.self) {
      try PreprocessingSpec.parse("caffe", for: input, imageSizes: [])
    }
  }
}
