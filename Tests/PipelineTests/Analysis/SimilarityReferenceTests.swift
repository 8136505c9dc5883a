import Analysis
import Atlases
import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

@testable import Pipeline

/// Neurons that respond alike, found by us and by onnxruntime + numpy over all images at once
/// (`Tests/Fixtures/make_similarity_reference.py`).
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct SimilarityReferenceTests {
  /// Network, tensor, then pairs of first neuron, second neuron and correlation.
  private typealias Reference = [String: [String: [[Double]]]]

  private func reference(_ network: String) throws -> [String: [[Double]]] {
    let path = TestEngine.packageRoot + "/Tests/Fixtures/similarity_reference.json"
    let all = try JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: URL(filePath: path)))
    return try #require(all[network])
  }

  private func expectAgreement(model: String, data: String, with network: String) throws {
    var request = AnalysisRequest(modelPath: model, dataPath: data)
    request.usesCache = false
    request.wantsRefreshes = false
    request.preprocessing = "imagenet"
    let atlas = try TestEngine.outcome(of: request).atlas
    let expected = try reference(network)
    for layer in atlas.network.layers {
      let pairs = try #require(expected[layer.outputTensor], "\(layer.outputTensor)")
      let similarity = try #require(atlas[layer.id].similarity)
      #expect(similarity.imageCount == atlas.provenance.analyzedImageCount)
      #expect(
        similarity.pairs.map { [$0.first, $0.second] } == pairs.map { [Int($0[0]), Int($0[1])] })
      for (found, pair) in zip(similarity.pairs, pairs) {
        #expect(abs(Double(found.cosine) - pair[2]) < 2e-4, "\(layer.name) \(pair)")
      }
    }
  }

  @Test func `the shapes example agrees with numpy`() throws {
    let example = TestEngine.packageRoot + "/Examples/shapes"
    try expectAgreement(
      model: example + "/model.onnx", data: example + "/images", with: "shapes")
  }

  @Test(
    .enabled("the shared models are not here") {
      FileManager.default.fileExists(atPath: SharedData.path("models"))
    })
  func `ResNet-20 on CIFAR-10 agrees with numpy`() throws {
    try expectAgreement(
      model: SharedData.path("models/resnet20_cifar10/model.onnx"),
      data: SharedData.path("datasets/cifar10_bin/test_batch.bin"), with: "resnet20")
  }
}
