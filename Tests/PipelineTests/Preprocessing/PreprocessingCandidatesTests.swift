import Networks
import Pipeline
import Testing

private func input(
  _ channels: Int = 3, height: Int? = nil, type: ElementType = .float32,
  embedded: [String] = []
) -> ImageInput {
  ImageInput(
    portIndex: 0, name: "x", elementType: type, layout: .nhwc, channelCount: channels,
    height: height, width: height, fixedBatch: nil, embeddedPreprocessing: embedded)
}

private let square = ImageSize(width: 32, height: 32)

@Suite struct PreprocessingCandidatesTests {
  @Test func `candidates fit the input and are all different`() {
    for channels in [1, 3] {
      for height in [28, 32, 227] {
        let found = preprocessingCandidates(
          for: input(channels, height: height), imageSizes: [square])
        #expect(found.count >= 7)
        #expect(Set(found.map(\.preprocessing)).count == found.count)
        #expect(Set(found.map(\.name)).count == found.count)
        for trial in found {
          #expect(trial.preprocessing.height == height && trial.preprocessing.layout == .nhwc)
          #expect(trial.preprocessing.channelCount == channels)
          #expect(trial.preprocessing.mean.count == channels)
          #expect(trial.preprocessing.standardDeviation.allSatisfy { $0 > 0 })
          #expect(trial.top1 == nil)
        }
      }
    }
  }

  @Test func `the usual ways are there, BGR with its means turned`() {
    let found = preprocessingCandidates(for: input(height: 227), imageSizes: [])
    #expect(found[0].preprocessing.mean == [0.485, 0.456, 0.406])
    #expect(
      found.contains {
        $0.preprocessing.colorOrder == .bgr && $0.preprocessing.mean == [104, 117, 123]
          && $0.preprocessing.scale == 1
      })
    #expect(
      found.contains {
        $0.preprocessing.colorOrder == .rgb && $0.preprocessing.mean == [0.5, 0.5, 0.5]
          && $0.preprocessing.standardDeviation == [0.5, 0.5, 0.5]
      })
  }

  @Test func `a size the file leaves free comes from the images`() {
    let small = preprocessingCandidates(for: input(), imageSizes: [square, square])[0]
    #expect(small.preprocessing.height == 32)
    let mixed = [ImageSize(width: 500, height: 375), ImageSize(width: 333, height: 500)]
    let large = preprocessingCandidates(for: input(), imageSizes: mixed)[0].preprocessing
    #expect(large.height == 224 && large.resize == .shortSideThenCenterCrop(256))
  }

  @Test func `square images are stretched first, others cut first`() {
    let target = ImageSize(width: 224, height: 224)
    #expect(resizePolicies(to: target, from: [target]) == [.stretch])
    #expect(
      resizePolicies(to: target, from: [square]) == [.stretch, .shortSideThenCenterCrop(256)])
    let wide = resizePolicies(to: target, from: [ImageSize(width: 500, height: 375)])
    #expect(
      wide == [.shortSideThenCenterCrop(256), .shortSideThenCenterCrop(224), .stretch])
  }

  @Test func `arithmetic in the network and byte inputs make raw levels first`() {
    let embedded = preprocessingCandidates(
      for: input(height: 64, embedded: ["Sub", "Div"]), imageSizes: [])
    #expect(embedded[0].preprocessing.scale == 1 && embedded[0].preprocessing.mean == [0, 0, 0])
    let bytes = preprocessingCandidates(for: input(height: 64, type: .uint8), imageSizes: [])
    #expect(bytes.allSatisfy { $0.preprocessing.scale == 1 } && bytes.count == 2)
  }

  @Test func `the range of a quantised input moves those that span it to the front`() {
    let range: ClosedRange<Float> = -1.99...2.13
    let found = preprocessingCandidates(
      for: input(height: 32), imageSizes: [square], inputRange: range)
    #expect(found[0].name.hasPrefix("CIFAR-10 mean/std"))
  }
}
