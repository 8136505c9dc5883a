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
      request, model: try openModel(request.modelPath), isAnalyzing: false
    ) { _ in }
    mapping = try #require(inputs.decision.mapping)
  }

  private var right: Preprocessing { inputs.decision.choice.chosen.preprocessing }
  private var wrong: Preprocessing {
    var other = right
    other.colorOrder = .bgr
    return other
  }

  private func leading() -> LeadingAnalysis {
    LeadingAnalysis(dataset: inputs.dataset, engine: inputs.engine) { preprocessing, mapping in
      AnalysisPlan(
        inputs.request, inputs.model, inputs.output, inputs.index, fed: preprocessing,
        outputOfClass: mapping.outputs)
    }
  }

  /// Of an analysis that no search came before.
  private func whole() throws -> AnalysisResult { try inputs.analysis(from: nil).runAndWait() }

  @Test func `the leader's images are analysed, and once`() throws {
    var leading = leading()
    let order = inputs.order.images
    let first = try leading.outputs(of: Array(order[24..<44]), right, mapping)
    #expect(Set(first.keys) == Set(order[24..<44]))
    let analysis = try #require(leading.analysis(right, mapping))
    let count = analysis.visitedCount
    #expect(count >= 20 && count < 40)
    let ahead = Array(order[44..<(22 + count)])
    #expect(try leading.outputs(of: ahead, right, mapping).count == ahead.count)
    #expect(analysis.visitedCount == count)
    #expect(try analysis.runAndWait() == whole())
  }

  @Test func `a way that loses leaves no trace`() throws {
    var leading = leading()
    let order = inputs.order.images
    let lost = try leading.outputs(of: Array(order[24..<40]), wrong, mapping)
    let found = try leading.outputs(of: Array(order[30..<50]), right, mapping)
    #expect(lost[order[30]] != found[order[30]])
    #expect(leading.analysis(wrong, mapping) == nil)
    #expect(leading.analysis(right, nil) == nil)
    #expect(try #require(leading.analysis(right, mapping)).runAndWait() == whole())
    var shifted = mapping
    shifted.outputs.swapAt(0, 1)
    #expect(leading.analysis(right, shifted) == nil)
  }

  @Test func `what is not to be analysed is left to others`() throws {
    var leading = leading()
    let all = BalancedOrder(labels: inputs.index.labels, seed: inputs.request.seed).images
    let found = try leading.outputs(of: Array(all[56..<70]), right, mapping)
    #expect(Set(found.keys) == Set(all[56..<60]))
    let analysis = try #require(leading.analysis(right, mapping))
    #expect(try analysis.runAndWait() == whole())
  }
}
