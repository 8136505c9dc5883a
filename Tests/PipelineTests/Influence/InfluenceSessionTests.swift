import Atlases
import Foundation
import Networks
import Tensors
import Testing

@testable import Pipeline

@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct InfluenceSessionTests {
  private func session() throws -> InfluenceSession {
    let example = TestEngine.packageRoot + "/Examples/shapes"
    var request = AnalysisRequest(
      modelPath: example + "/model.onnx", dataPath: example + "/images")
    request.usesCache = false
    request.preprocessing = "imagenet"
    return try AblationSession(request: request).influenceSession()
  }

  @Test func `pairs come back in their order, those without a connection with nothing`() throws {
    let pairs = [
      LayerPair(source: LayerID(6), target: LayerID(7)),
      LayerPair(source: LayerID(0), target: LayerID(7)),
      LayerPair(source: LayerID(5), target: LayerID(6)),
    ]
    let found = try session().measure(pairs, imageLimit: 3)
    #expect(found.map(\.source) == pairs.map(\.source))
    #expect(found.map { $0.influence?.basis } == [.input, nil, .ownPart])
    #expect(found[0].influence?.imageCount == 3)
    #expect(found[0].influence?.excitatory.rowCount == 10)
  }

  @Test func `a cancelled session measures nothing`() throws {
    let session = try session()
    session.cancel()
    let error = #expect(throws: SessionError.self) {
      try session.measure([LayerPair(source: LayerID(0), target: LayerID(1))], imageLimit: 3)
    }
    guard case .cancelled = error else {
      Issue.record("not cancelled")
      return
    }
  }
}
