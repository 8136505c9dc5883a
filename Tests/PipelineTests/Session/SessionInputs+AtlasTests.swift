import Atlases
import Foundation
import Networks
import Testing

@testable import Pipeline

/// An atlas with the model and the images that it is of, and with others.
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct SessionInputsAtlasTests {
  private static let model = TestEngine.packageRoot + "/Examples/shapes/model.onnx"
  private static let images = TestEngine.packageRoot + "/Examples/shapes/images"

  private static let analysed = Result {
    var request = AnalysisRequest(modelPath: model, dataPath: images)
    request.preprocessing = "imagenet"
    request.limit = 40
    request.seed = 7
    (request.usesCache, request.wantsRefreshes) = (false, false)
    return (atlas: try TestEngine.outcome(of: request).atlas, request: request)
  }

  private func request(_ model: String = model, _ data: String = images) -> AnalysisRequest {
    AnalysisRequest(modelPath: model, dataPath: data)
  }

  private func refusal(_ atlas: Atlas, _ request: AnalysisRequest) -> String {
    do {
      _ = try AblationSession(of: atlas, request)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `neurons switched off give what they gave in the analysis`() throws {
    let (atlas, request) = try Self.analysed.get()
    let neurons = [LayerNeurons(layer: LayerID(1), neurons: [0, 1, 2, 3])]
    let bound = try AblationSession(of: atlas, self.request())
    #expect(try bound.whatIf(neurons) == AblationSession(request: request).whatIf(neurons))
    let image = try bound.imageSession().activations(of: [3])
    #expect(image.images == [3] && !image.answers.isEmpty)
  }

  @Test func `another model is refused in a sentence`() throws {
    let atlas = try Self.analysed.get().atlas
    let folder = NSTemporaryDirectory() + "bound-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var bytes = try Data(contentsOf: URL(filePath: Self.model))
    // The last byte is of a weight or a name: still a model, not this one.
    bytes.append(contentsOf: [0x30, 0x00])
    let other = folder + "/other.onnx"
    try bytes.write(to: URL(filePath: other))
    #expect(refusal(atlas, request(other)).contains("is not the model of this atlas"))
    #expect(
      refusal(atlas, request(Self.model, Self.images + "/red-disc-plain"))
        .contains("does not hold the images of this atlas"))
  }

  @Test func `what an atlas says of feeding is only taken where it can be`() throws {
    let atlas = try Self.analysed.get().atlas
    var huge = atlas
    huge.provenance.preprocessing?.chosen.preprocessing.height = 1 << 40
    #expect(refusal(huge, request()).contains("how its images were fed"))
    var short = atlas
    short.provenance.preprocessing?.chosen.preprocessing.mean = []
    #expect(refusal(short, request()).contains("how its images were fed"))
    var silent = atlas
    silent.provenance.preprocessing = nil
    #expect(refusal(silent, request()).contains("how its images were fed"))
    var shard = atlas
    shard.provenance.shard = ShardNumber(index: 9, count: 0)
    shard.provenance.plannedImageCount = -3
    #expect(refusal(shard, request()).isEmpty)
    var outputs = atlas
    outputs.classification?.outputOfClass[0] = 1 << 40
    let session = try AblationSession(of: outputs, request())
    #expect(throws: SessionError.self) {
      _ = try session.whatIf([LayerNeurons(layer: LayerID(1), neurons: [0])])
    }
  }
}
