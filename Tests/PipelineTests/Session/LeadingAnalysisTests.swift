import Inference
import ModelFiles
import Networks
import Testing

@testable import Pipeline

@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct LeadingAnalysisTests {
  private let inputs: SessionInputs
  private let mapping: ClassMapping

  init() throws {
    let example = TestEngine.packageRoot + "/Examples/shapes"
    var request = AnalysisRequest(
      modelPath: example + "/model.onnx", dataPath: example + "/images")
    request.usesCache = false
    request.limit = 60
    request.preprocessing = "imagenet"
    inputs = try SessionInputs(
      request, model: try openModel(request.modelPath), isAnalyzing: false, stop: SearchStop()
    ) { _ in }
    mapping = try #require(inputs.decision.mapping)
  }

  private var right: Preprocessing { inputs.decision.choice.chosen.preprocessing }
  private var wrong: Preprocessing {
    var other = right
    other.colorOrder = .bgr
    return other
  }

  private func leading() throws -> LeadingAnalysis {
    try #require(
      LeadingAnalysis(wrong, dataset: inputs.dataset, engine: inputs.engine) {
        preprocessing, outputs in
        AnalysisPlan(
          inputs.request, inputs.model, inputs.output, inputs.index, fed: preprocessing,
          outputOfClass: outputs)
      })
  }

  /// Of an analysis that no search came before.
  private func whole() throws -> AnalysisResult { try inputs.analysis(from: nil).runAndWait() }

  @Test func `the leader's images are analysed, and once`() throws {
    var leading = try leading()
    let order = inputs.order.images
    let first = try leading.outputs(of: Array(order[24..<44]), right, mapping)
    #expect(Set(first.keys) == Set(order[24..<44]))
    // The batches that hold these begin and end two images farther out.
    let ahead = try leading.outputs(of: Array(order[44..<46]), right, mapping)
    #expect(Set(ahead.keys) == Set(order[44..<46]))
    let analysis = leading.analysis(right, mapping)
    #expect(analysis.visitedCount == 24)
    #expect(try analysis.runAndWait() == whole())
  }

  @Test func `a way that loses leaves no trace`() throws {
    var leading = try leading()
    let order = inputs.order.images
    let lost = try leading.outputs(of: Array(order[24..<40]), wrong, mapping)
    let found = try leading.outputs(of: Array(order[30..<50]), right, mapping)
    #expect(lost[order[30]] != found[order[30]])
    var shifted = mapping
    shifted.outputs.swapAt(0, 1)
    for (preprocessing, mapping) in [(wrong, mapping), (right, nil), (right, shifted)] {
      var other = leading
      #expect(other.analysis(preprocessing, mapping).visitedCount == 0)
    }
    #expect(try leading.analysis(right, mapping).runAndWait() == whole())
  }

  @Test func `what is not to be analysed is left to others`() throws {
    var leading = try leading()
    let all = BalancedOrder(labels: inputs.index.labels, seed: inputs.request.seed).images
    let found = try leading.outputs(of: Array(all[56..<70]), right, mapping)
    #expect(Set(found.keys) == Set(all[56..<60]))
    let analysis = leading.analysis(right, mapping)
    #expect(try analysis.runAndWait() == whole())
  }
}
