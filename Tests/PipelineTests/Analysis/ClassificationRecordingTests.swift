import Atlases
import Tensors
import Testing

@testable import Pipeline

@Suite struct ClassificationRecordingTests {
  private func empty(_ outputOfClass: [Int?], images: Int = 20) -> ClassificationResult {
    ClassificationResult(outputOfClass: outputOfClass, imageCount: images)
  }

  @Test func `the best output, its softmax and the rank of the truth are kept`() throws {
    var result = empty([2, 0])
    result.record(image: 3, label: 0, outputs: ([1, 4, 2, 2] as [Float]).span)
    let prediction = try #require(result.predictions[3])
    #expect(prediction.output == 1)
    #expect(prediction.rankOfTruth == 1)
    #expect(abs(prediction.confidence - 0.757_22) < 1e-4)
    #expect((result.top1Count, result.top5Count, result.labeledCount) == (0, 1, 1))
    #expect(result.confusion == [0, 0, 1, 0, 0, 0])
    #expect(result.outputCount == 4)
  }

  @Test func `outputs that are probabilities are taken as they are`() throws {
    var result = empty([0, 1])
    result.record(image: 0, label: 1, outputs: ([0.25, 0.75] as [Float]).span)
    #expect(try #require(result.predictions[0]).confidence == 0.75)
    #expect(result.top1Count == 1)
    #expect(result.confusion == [0, 0, 0, 0, 1, 0])
  }

  @Test func `among equals the first output wins`() throws {
    var result = empty([1, 0])
    result.record(image: 0, label: 0, outputs: ([3, 3, 3] as [Float]).span)
    #expect(
      try #require(result.predictions[0])
        == ImagePrediction(
          output: 0, confidence: 1 / 3, rankOfTruth: 1))
  }

  @Test func `outputs that are not numbers are no answer`() throws {
    var result = empty([0, 1])
    result.record(image: 0, label: 0, outputs: ([.nan, .nan] as [Float]).span)
    let prediction = try #require(result.predictions[0])
    #expect(prediction.confidence == 0)
    #expect(result.top1Count == 0)
  }

  @Test func `images without label, or of a class the network lacks, are neither right nor wrong`()
  {
    var result = empty([nil, 0])
    result.record(image: 0, label: nil, outputs: ([1, 0] as [Float]).span)
    result.record(image: 1, label: 0, outputs: ([1, 0] as [Float]).span)
    #expect(result.labeledCount == 0)
    #expect(result.confusion == [0, 1, 0, 0, 0, 0])
    #expect(result.predictions[0]?.rankOfTruth == -1)
  }

  @Test(arguments: UInt64(0)..<20)
  func `parts merge into the whole, and ranks agree with sorting`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (whole, parts) = (empty([0, 1, 2]), [empty([0, 1, 2]), empty([0, 1, 2])])
    for image in 0..<20 {
      let outputs = (0..<7).map { _ in Float(Int.random(in: 0...5, using: &random)) }
      let label = Int.random(in: 0..<3, using: &random)
      whole.record(image: image, label: label, outputs: outputs.span)
      parts[image % 2].record(image: image, label: label, outputs: outputs.span)
      let sorted = outputs.indices.sorted { (-outputs[$0], $0) < (-outputs[$1], $1) }
      #expect(whole.predictions[image]?.rankOfTruth == sorted.firstIndex(of: label).map(Int32.init))
      #expect(whole.predictions[image]?.output == sorted.first.map(Int32.init))
    }
    parts[1].merge(parts[0])
    #expect(parts[1] == whole)
  }
}
