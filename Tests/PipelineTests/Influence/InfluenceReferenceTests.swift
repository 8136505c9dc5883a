import Analysis
import Foundation
import Inference
import ModelFiles
import Networks
import Tensors
import TestSupport
import Testing

@testable import Pipeline

/// Influence measured by us and by numpy on the tensors that onnxruntime gives
/// (`Tests/Fixtures/make_influence_reference.py`).
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct InfluenceReferenceTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var source: String
      var target: String
      /// Input channels of the target, one a column.
      var inputs: [Int]
      var excitatory: [[Double]]
      var inhibitory: [[Double]]
    }
    var images: Int
    var cases: [Case]
  }

  private func reference(_ name: String) throws -> Reference {
    let path = TestEngine.packageRoot + "/Tests/Fixtures/" + name
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private func edge(_ wanted: Reference.Case, _ model: ModelFile) throws -> InfluenceEdge {
    func layer(_ name: String) throws -> LayerID {
      try #require(model.network.layers.first { $0.name == name }).id
    }
    let (source, target) = (try layer(wanted.source), try layer(wanted.target))
    let edge = try #require(
      model.network.edges.first { $0.source == .layer(source) && $0.target == .layer(target) })
    let path = try #require(try model.influencePaths(of: [edge])[0])
    return try #require(InfluenceEdge(path, model.kernel(of: target), in: model.network))
  }

  /// The first image of each of the first classes.
  private func run(
    _ model: ModelFile, _ edges: [InfluenceEdge], data: String, classes: Int, threads: Int
  ) throws -> InfluenceRun {
    let dataset = try ImageDataset.open(path: data)
    let labels = dataset.index.labels
    let images = try (0..<classes).map { try #require(labels.firstIndex(of: $0)) }
    let preprocessing = Preprocessing(
      height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255,
      mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225], resize: .stretch)
    return try InfluenceRun(
      InfluencePlan(
        modelPath: model.path, imageShape: [3, 32, 32], images: images, edges: edges,
        threadCount: threads),
      images: DatasetImages(dataset, preprocessing), engine: RuntimeEngine.load())
  }

  private func expectAgreement(_ name: String, model path: String, data: String) throws {
    let reference = try reference(name)
    let model = try ModelFile(path: path)
    let edges = try reference.cases.map { try edge($0, model) }
    let tallies = try run(model, edges, data: data, classes: reference.images, threads: 2).measure()
    for (wanted, (edge, tally)) in zip(reference.cases, zip(edges, tallies)) {
      #expect(tally.imageCount == reference.images)
      var channels: [Int: Int] = [:]
      for route in edge.path.routes {
        route.forEachArrival { source, input in channels[input] = source }
      }
      let found = tally.means
      let largest = (wanted.excitatory + wanted.inhibitory).joined().reduce(0, max)
      for (column, input) in wanted.inputs.enumerated() {
        let channel = try #require(channels[input])
        for neuron in wanted.excitatory.indices {
          for (value, other) in [
            (found.excitatory[neuron, channel], wanted.excitatory[neuron][column]),
            (found.inhibitory[neuron, channel], wanted.inhibitory[neuron][column]),
          ] {
            #expect(
              abs(Double(value) - other) <= 1e-4 * other + 1e-6 * largest,
              "\(wanted.source) to \(wanted.target): \(neuron), \(channel)")
          }
        }
      }
    }
  }

  private static let example = TestEngine.packageRoot + "/Examples/shapes"

  @Test func `the shapes example agrees with numpy`() throws {
    try expectAgreement(
      "influence_reference.json", model: Self.example + "/model.onnx",
      data: Self.example + "/images")
  }

  @Test func `gates and pools behind sums agree with numpy`() throws {
    try expectAgreement(
      "gated_influence_reference.json",
      model: TestEngine.packageRoot + "/Tests/Fixtures/gated.onnx",
      data: Self.example + "/images")
  }

  private static let resnet = SharedData.path("models/resnet20_cifar10/model.onnx")

  @Test(.enabled("no shared models") { FileManager.default.fileExists(atPath: resnet) })
  func `sums of blocks agree with numpy`() throws {
    try expectAgreement(
      "resnet20_influence_reference.json", model: Self.resnet,
      data: SharedData.path("datasets/cifar10_png"))
  }

  @Test func `the same bits come out of any number of threads`() throws {
    let model = try ModelFile(path: Self.example + "/model.onnx")
    let cases = try reference("influence_reference.json").cases.suffix(2)
    let edges = try cases.map { try edge($0, model) }
    let results = try [1, 3].map { threads in
      try run(model, edges, data: Self.example + "/images", classes: 4, threads: threads).measure()
        .map(\.means)
    }
    for (one, other) in zip(results[0], results[1]) {
      #expect(one.excitatory == other.excitatory && one.inhibitory == other.inhibitory)
    }
  }
}
