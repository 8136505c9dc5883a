import Analysis
import Atlases
import Foundation
import Networks
import Testing

@testable import Pipeline

@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct AblationSessionTests {
  private func session() throws -> AblationSession {
    let example = TestEngine.packageRoot + "/Examples/shapes"
    var request = AnalysisRequest(
      modelPath: example + "/model.onnx", dataPath: example + "/images")
    request.usesCache = false
    request.preprocessing = "imagenet"
    return try AblationSession(request: request)
  }

  @Test func `a whole layer switched off leaves one answer for all images`() throws {
    let session = try session()
    let layer = session.network.layers[session.network.layers.count - 2]
    let all = LayerNeurons(layer: layer.id, neurons: Array(0..<layer.neuronCount))
    let found = try session.whatIf([all], AblationOptions(imageLimit: 60))
    #expect(found.result.imageCount == 60 && found.result.replacement == .zero)
    #expect(found.neuronCount == layer.neuronCount)
    #expect(try #require(found.accuracyBefore) > 0.9)
    #expect(try #require(found.accuracyAfter) < 0.2)
    #expect(Set(found.flips.map(\.after)).count == 1)
    #expect(found.flips.contains { $0.kind == .lost })
    let lost = found.flips.count { $0.kind == .lost }
    let gained = found.flips.count { $0.kind == .gained }
    let change = try #require(found.change?.overallAccuracyChange(counts: found.result.classCounts))
    #expect(abs(try #require(change.mean) - Double(gained - lost) / 60) < 1e-6)
  }

  @Test func `sets are measured one by one, as a what-if measures them`() throws {
    let session = try session()
    let layer = session.network.layers[1].id
    let options = AblationOptions(replacement: .mean, imageLimit: 40)
    let found = try session.measure([[0], [1, 2]], of: layer, options)
    #expect(found.entries.map(\.neurons) == [[0], [1, 2]])
    #expect(found.classCounts == Array(repeating: 4, count: 10))
    let alone = try session.whatIf([LayerNeurons(layer: layer, neurons: [1, 2])], options)
    #expect(alone.change == found.entry(of: [1, 2]))
  }

  @Test func `the layer of the scores is refused in one sentence`() throws {
    let session = try session()
    let last = try #require(session.network.layers.last)
    let error = #expect(throws: SessionError.self) { try session.measure([[0]], of: last.id) }
    #expect("\(try #require(error))".contains("class scores"))
  }

  @Test func `a cancelled session measures nothing`() throws {
    let session = try session()
    session.cancel()
    let error = #expect(throws: SessionError.self) {
      try session.measure([[0]], of: LayerID(0))
    }
    guard case .cancelled = error else {
      Issue.record("not cancelled")
      return
    }
  }
}
