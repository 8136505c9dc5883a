import Analysis
import Atlases
import Foundation
import Inference
import ModelFiles
import Networks
import Tensors
import Testing

@testable import Pipeline

/// The shapes example, analysed by us and by onnxruntime + numpy (`Tests/Fixtures`).
@Suite struct ReferenceTests {
  private struct Reference: Decodable {
    struct Layer: Decodable {
      var tensor: String
      var neurons: Int
      var mean_of_mean: [[Float]]
      var mean_of_max: [[Float]]
      var second_moment_of_mean: [[Float]]
      var second_moment_of_max: [[Float]]
      var fires: [[Float]]
      var top: [[[Float]]]
    }
    var classes: [String]
    var images: Int
    var class_counts: [Int]
    var top1: Double
    var top5: Double
    var predictions: [Int32]
    var layers: [Layer]
  }

  private static let root =
    "/"
    + #filePath.split(separator: "/").prefix { $0 != "Tests" }
    .joined(separator: "/")

  private static let engine: RuntimeEngine? = {
    let environment = ProcessInfo.processInfo.environment
    return try? RuntimeEngine.load(
      EngineSearch(environment: environment, executablePath: root + "/.build/release/convscope"))
  }()

  private func reference() throws -> Reference {
    let path = Self.root + "/Tests/Fixtures/shapes_reference.json"
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private func analysis(_ reference: Reference, threads: Int) throws -> ImageAnalysis {
    let dataset = try ImageDataset.open(path: Self.root + "/Examples/shapes/images")
    let preprocessing = Preprocessing(
      height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255,
      mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225], resize: .stretch)
    let labels = dataset.index.labels
    let plan = AnalysisPlan(
      modelPath: Self.root + "/Examples/shapes/model.onnx", imageShape: [3, 32, 32],
      layers: reference.layers.map {
        LayerTap(
          tensor: TensorRequest($0.tensor), neuronCount: $0.neurons, channelAxis: 1,
          range: .rectified)
      },
      labels: labels, classCount: dataset.index.classes.count,
      classifier: ClassifierTap(
        tensor: TensorRequest(reference.layers.last?.tensor ?? ""),
        outputOfClass: (0..<10).map { $0 }),
      order: BalancedOrder(labels: labels, seed: 1), threadCount: threads)
    return try ImageAnalysis(
      plan, images: DatasetImages(dataset, preprocessing), engine: try #require(Self.engine))
  }

  @Test(.enabled("no ONNX Runtime on this machine") { engine != nil })
  func `every layer of the shapes example agrees with numpy`() async throws {
    let reference = try reference()
    let result = try await analysis(reference, threads: 2).run()
    #expect(result.visited.count == reference.images && result.unreadable.count == 0)
    let classification = try #require(result.classification)
    #expect(classification.top1 == reference.top1 && classification.top5 == reference.top5)
    #expect(classification.predictions.map { $0?.output } == reference.predictions)
    for (layer, summary) in zip(reference.layers, result.summaries) {
      let found = summary.statistics()
      #expect(found.classCounts == reference.class_counts)
      expectClose(found.meanOfMean.values, layer.mean_of_mean, layer.tensor)
      expectClose(found.meanOfMax.values, layer.mean_of_max, layer.tensor)
      expectClose(found.secondMomentOfMean.values, layer.second_moment_of_mean, layer.tensor)
      expectClose(found.secondMomentOfMax.values, layer.second_moment_of_max, layer.tensor)
      expectClose(found.firingShare.values, layer.fires, layer.tensor)
      for (patches, expected) in zip(found.topPatches, layer.top) {
        expectSameTop(patches, expected, layer.tensor)
      }
    }
  }

  @Test(.enabled("no ONNX Runtime on this machine") { engine != nil })
  func `one worker and three give the same bits`() async throws {
    let reference = try reference()
    let one = try await analysis(reference, threads: 1).run()
    #expect(try await analysis(reference, threads: 3).run() == one)
  }

  /// Relative error of at most 1e-4.
  private func expectClose(_ found: [Float], _ expected: [[Float]], _ layer: String) {
    let expected = expected.flatMap { $0 }
    #expect(found.count == expected.count)
    let worst = zip(found, expected).map { abs($0 - $1) / max(abs($1), 1e-6) }.max() ?? 0
    #expect(worst <= 1e-4, "\(layer): \(worst)")
  }

  /// The same images with the same maxima in the same places, but for values as good as equal.
  private func expectSameTop(_ found: [TopPatch], _ expected: [[Float]], _ layer: String) {
    #expect(found.count == expected.count)
    for (patch, other) in zip(found, expected) {
      let isTied = abs(patch.value - other[3]) <= 1e-5 * max(1, abs(other[3]))
      let isSame = [patch.image, patch.y, patch.x].map(Float.init) == Array(other[..<3])
      #expect(isTied, "\(layer): \(patch) \(other)")
      if !isSame {
        let rivals = expected.filter { abs($0[3] - other[3]) <= 1e-5 * max(1, abs(other[3])) }
        #expect(rivals.count > 1 || other == expected.last, "\(layer): \(patch) \(other)")
      }
    }
  }
}
