import Analysis
import Atlases
import Foundation
import Inference
import ModelFiles
import Networks
import TestSupport
import Testing

@testable import Pipeline

/// Neurons switched off by us and by masks put into the graph for onnxruntime
/// (`Tests/Fixtures/make_ablation_reference.py`).
@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct AblationReferenceTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var tensors: [String]
      var neurons: [[Int]]
      var replacement: Replacement
      var logit_change: [Double]
      var logit_error: [Double]
      var lost: [Int]
      var gained: [Int]
    }
    var images: Int
    var cases: [Case]
  }

  private func reference(_ name: String) throws -> Reference {
    let path = TestEngine.packageRoot + "/Tests/Fixtures/" + name
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// - Parameter perClass: The first images of each class, as the reference has them.
  private func run(
    _ model: ModelFile, data: String, perClass: Int, cutAt tensors: [String], threads: Int
  ) throws -> AblationRun {
    let dataset = try ImageDataset.open(path: data)
    let labels = dataset.index.labels
    var taken = Array(repeating: 0, count: dataset.index.classes.count)
    let images = labels.indices.filter { image in
      guard let label = labels[image], taken[label] < perClass else { return false }
      taken[label] += 1
      return true
    }
    let layers = try tensors.map { tensor in
      try #require(model.network.layers.first { $0.outputTensor == tensor })
    }
    let plan = AblationPlan(
      modelPath: model.path, imageShape: [3, 32, 32], layers: layers.map { LayerTap($0) },
      images: images, labels: labels, outputOfClass: (0..<10).map { $0 }, threadCount: threads)
    let preprocessing = Preprocessing(
      height: 32, width: 32, colorOrder: .rgb, layout: .nchw, scale: 1 / 255,
      mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225], resize: .stretch)
    return try AblationRun(
      plan, parts: model.parts(cutAfter: layers.map(\.id)),
      images: DatasetImages(dataset, preprocessing), engine: RuntimeEngine.load())
  }

  private func set(_ wanted: Reference.Case, _ run: AblationRun) throws -> AblationSet {
    guard wanted.replacement == .mean else { return .zeroing(wanted.neurons) }
    let means = try run.meanValues()
    return AblationSet(
      neurons: wanted.neurons,
      values: zip(wanted.neurons, means).map { set, means in set.map { means[$0] } })
  }

  private func expectAgreement(
    _ name: String, model path: String, data: String, perClass: Int, cases: Range<Int>? = nil
  ) throws {
    let reference = try reference(name)
    let model = try ModelFile(path: path)
    for wanted in reference.cases[cases ?? 0..<reference.cases.count] {
      let run = try run(
        model, data: data, perClass: perClass, cutAt: wanted.tensors, threads: 2)
      #expect(run.plan.images.count == reference.images)
      let found = try run.measure([set(wanted, run)]).tallies[0]
      for (index, tally) in found.enumerated() {
        let change = try #require(tally.scoreChange.mean)
        #expect(abs(change - wanted.logit_change[index]) < 1e-4)
        let error = try #require(tally.scoreChange.standardError)
        #expect(abs(error - wanted.logit_error[index]) < 1e-4)
      }
      #expect(found.map(\.lostCount) == wanted.lost)
      #expect(found.map(\.gainedCount) == wanted.gained)
    }
  }

  private static let example = TestEngine.packageRoot + "/Examples/shapes"

  @Test func `the shapes example agrees with masks in the graph`() throws {
    try expectAgreement(
      "ablation_reference.json", model: Self.example + "/model.onnx",
      data: Self.example + "/images", perClass: .max)
  }

  private static let resnet = SharedData.path("models/resnet20_cifar10/model.onnx")

  @Test(.enabled("no shared models") { FileManager.default.fileExists(atPath: resnet) })
  func `skips across the cut agree with masks in the graph`() throws {
    try expectAgreement(
      "resnet20_ablation_reference.json", model: Self.resnet,
      data: SharedData.path("datasets/cifar10_png"), perClass: 8)
  }

  @Test func `the same bits come out of any number of threads`() throws {
    let model = try ModelFile(path: Self.example + "/model.onnx")
    let tensor = model.network.layers[1].outputTensor
    let sets = [AblationSet.zeroing([[0, 2]]), .zeroing([[1]]), .zeroing([[]])]
    let results = try [1, 3].map { threads in
      try run(
        model, data: Self.example + "/images", perClass: 5, cutAt: [tensor], threads: threads
      ).measure(sets, wantsAnswers: true)
    }
    #expect(results[0] == results[1])
    #expect(results[0].answers[0].map(\.place) == Array(0..<50))
    #expect(results[0].tallies[2].allSatisfy { $0.scoreChange.mean == 0 && $0.lostCount == 0 })
  }
}
