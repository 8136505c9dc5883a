import Analysis
import Atlases
import Foundation
import Inference
import ModelFiles
import Networks
import Tensors
import Testing

@testable import Pipeline

/// Single images of the shapes example, run by us and by onnxruntime + numpy
/// (`Tests/Fixtures/make_activation_reference.py`).
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct ImageSessionTests {
  private struct Reference: Decodable {
    struct Layer: Decodable {
      var tensor: String
      var mean: [Float]
      var max: [Float]
      var score: [Double]
      var mean_of_several: [Float]
      var overlay: [[Float]]?
    }
    var images: Int
    var image: Int
    var several: [Int]
    var grid: Int
    var answers: [Int]
    var probabilities: [Float]
    var layers: [Layer]
  }

  private static let example = TestEngine.packageRoot + "/Examples/shapes"

  /// What make_reference.py says of all images.
  private struct Statistics: Decodable {
    struct Layer: Decodable {
      var mean_of_mean: [[Float]]
      var second_moment_of_mean: [[Float]]
    }
    var class_counts: [Int]
    var layers: [Layer]

    func norms(_ layer: Int) -> ActivationNorms? {
      let layer = layers[layer]
      func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rowCount: rows.count, columnCount: class_counts.count, values: rows.flatMap { $0 })
      }
      return ActivationNorms(
        firstMoments: matrix(layer.mean_of_mean),
        secondMoments: matrix(layer.second_moment_of_mean), counts: class_counts)
    }
  }

  private func fixture<Fixture: Decodable>(_ name: String) throws -> Fixture {
    let path = TestEngine.packageRoot + "/Tests/Fixtures/" + name
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: URL(filePath: path)))
  }

  private struct Inputs {
    var model: ModelFile
    var dataset: ImageDataset
    var plan: AnalysisPlan
    var images: DatasetImages

    func session() throws -> ImageSession {
      ImageSession(plan, images: images, engine: try RuntimeEngine.load())
    }
  }

  private func inputs(threads: Int = 2) throws -> Inputs {
    let model = try ModelFile(path: Self.example + "/model.onnx")
    let dataset = try ImageDataset.open(path: Self.example + "/images")
    let preprocessing = Preprocessing(
      height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255,
      mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225], resize: .stretch)
    let labels = dataset.index.labels
    let plan = AnalysisPlan(
      modelPath: model.path, imageShape: [3, 32, 32],
      layers: model.network.layers.map { LayerTap($0) }, labels: labels, classCount: 10,
      classifier: ClassifierTap(
        tensor: TensorRequest("logits"), outputOfClass: (0..<10).map { $0 }),
      order: BalancedOrder(labels: labels, seed: 1), threadCount: threads)
    return Inputs(
      model: model, dataset: dataset, plan: plan, images: DatasetImages(dataset, preprocessing))
  }

  @Test func `neurons, places and answers agree with numpy`() throws {
    let reference: Reference = try fixture("activation_reference.json")
    let statistics: Statistics = try fixture("shapes_reference.json")
    let inputs = try inputs()
    let session = try inputs.session()
    let found = try session.activations(of: [reference.image], mapsOf: 4)
    let several = try session.activations(of: reference.several)
    #expect(found.images == [reference.image] && several.images == reference.several)
    #expect(several.maps.isEmpty && several.answers.isEmpty)
    for (index, layer) in reference.layers.enumerated() {
      #expect(inputs.model.network.layers[index].outputTensor == layer.tensor)
      expectClose(found.layers[index].spatialMean, layer.mean)
      expectClose(found.layers[index].spatialMax, layer.max)
      expectClose(several.layers[index].spatialMean, layer.mean_of_several)
      let norms = try #require(statistics.norms(index))
      let scores = norms.scores(found.layers[index].spatialMean)
      expectClose(scores.map(Float.init), layer.score.map(Float.init), 1e-3)
      let maps = try #require(found.maps[index])
      guard let overlay = layer.overlay else {
        #expect(maps.isSinglePosition)
        continue
      }
      let chosen = stride(from: 0, to: maps.neuronCount, by: 3).map { $0 }
      let drawn = maps.upscaled(
        maps.mean(of: chosen), through: inputs.model.network.layers[index].receptiveField,
        inputHeight: 32, inputWidth: 32, height: reference.grid, width: reference.grid)
      expectClose(drawn, overlay.flatMap { $0 })
    }
    #expect(found.answers.map(\.output) == reference.answers)
    expectClose(found.answers.map(\.probability), reference.probabilities)
  }

  @Test func `any number of threads and images before gives the same bits`() throws {
    let fresh = try inputs(threads: 1).session()
    let worn = try inputs(threads: 2).session()
    _ = try worn.activations(of: [3, 9, 200])
    let first = try fresh.activations(of: [77])
    #expect(try worn.activations(of: [77]) == first)
    worn.close()
    #expect(try worn.activations(of: [77]) == first)
  }

  @Test func `what cannot be read is left out, or said`() throws {
    let session = try inputs().session()
    let found = try session.activations(of: [5, 40_000, 6])
    #expect(found.images == [5, 6] && found.unreadableCount == 1)
    #expect {
      _ = try session.activations(of: [40_000])
    } throws: { error in
      guard case SessionError.unreadableImage = error else { return false }
      return true
    }
  }

  @Test func `images stop when nobody wants them, and for good when cancelled`() throws {
    let session = try inputs().session()
    #expect(isCancelled { _ = try session.activations(of: [1, 2], isStopped: { true }) })
    #expect(try session.activations(of: [1]).images == [1])
    session.cancel()
    #expect(isCancelled { _ = try session.activations(of: [1]) })
  }

  private func isCancelled(_ body: () throws -> Void) -> Bool {
    do {
      try body()
      return false
    } catch {
      if case SessionError.cancelled = error { return true }
      return false
    }
  }

  private func expectClose(
    _ found: [Float], _ wanted: [Float], _ tolerance: Float = 1e-4,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == wanted.count, sourceLocation: location)
    let worst = zip(found, wanted).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? 0
    #expect(worst < tolerance, sourceLocation: location)
  }
}
