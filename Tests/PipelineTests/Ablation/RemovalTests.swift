import Analysis
import Atlases
import Foundation
import Networks
import Synchronization
import Testing

@testable import Pipeline

/// `Tests/Corpus/Networks/spare.onnx` is the example's network with a layer `spare` that repeats its
/// input and with 64 neurons more in `top`, which nothing listens to.
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct RemovalTests {
  private let options = RemovalOptions(
    duplicateCosine: 0.95, wideShare: 0.5, accuracyLimit: 0.1, imageLimit: 60)

  private func request(_ model: String) -> AnalysisRequest {
    let root = TestEngine.packageRoot
    var request = AnalysisRequest(
      modelPath: root + model, dataPath: root + "/Examples/shapes/images")
    request.usesCache = false
    request.preprocessing = "imagenet"
    request.limit = 60
    request.wantsRefreshes = false
    return request
  }

  private func atlas(_ request: AnalysisRequest) throws -> Atlas {
    let found = Mutex<Atlas?>(nil)
    try AnalysisSession(request: request).run { event in
      if case .finished(let outcome) = event { found.withLock { $0 = outcome.atlas } }
    }
    return try #require(found.withLock { $0 })
  }

  @Test func `a layer that repeats its input is not missed, its neighbours are`() throws {
    let session = try AblationSession(request: request("/Tests/Corpus/Networks/spare.onnx"))
    let options = AblationOptions(imageLimit: 60)
    func layer(_ name: String) throws -> LayerID {
      try #require(session.network.layers.first { $0.name == name }).id
    }
    let spare = try session.bypass(try layer("spare"), options)
    #expect((spare.imageCount, spare.lostCount, spare.gainedCount) == (60, 0, 0))
    #expect(spare.accuracyBefore > 0.9)
    let first = try session.bypass(try layer("residual.first.conv"), options)
    #expect(first.lostCount > 5)
    let error = #expect(throws: SessionError.self) {
      try session.bypass(try layer("top.conv"), options)
    }
    #expect("\(try #require(error))".contains("differ in shape"))
  }

  @Test func `idle neurons are taken out together`() throws {
    let request = request("/Tests/Corpus/Networks/spare.onnx")
    let trials = try AblationSession(request: request)
      .removalTrials(try atlas(request), options) { _ in }
    let top = try #require(
      trials.first { $0.neurons != nil && $0.neurons?.contains(111) == true })
    #expect(try #require(top.neurons).filter { $0 >= 48 } == Array(48..<112))
    #expect(top.interval.lowerBound >= -0.1)
    #expect(trials.contains { $0.neurons == nil && $0.lostCount == 0 && $0.gainedCount == 0 })
  }
}
