import Foundation
import Inference
import ModelFiles
import Networks
import Pipeline
import TestSupport
import Testing

/// What `preprocess.json` beside a model says: the answer that convscope never reads.
private struct Answer: Decodable {
  var size: Int
  var mean: [Float]
  var std: [Float]
  var layout: String
  var channel_order: String
  var scale: String
  var background_class_offset: Int

  func agrees(with found: Preprocessing) -> Bool {
    let range: Float = scale == "x/255" ? 1 : 255
    let factor = found.scale * 255 / range
    let isClose = { (a: [Float], b: [Float]) in
      a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 0.002 * max(abs($1), 0.1) }
    }
    return found.height == size && found.width == size
      && found.layout.rawValue == layout.lowercased()
      && found.colorOrder.rawValue == channel_order.lowercased()
      && found.backgroundOffset == background_class_offset
      && isClose(found.mean.map { $0 / factor }, mean)
      && isClose(found.standardDeviation.map { $0 / factor }, std)
  }
}

private struct RealCase: CustomTestStringConvertible {
  var model: String
  var data: String
  var testDescription: String { model }
  var isSmall: Bool { model.hasPrefix("convnetjs") || model.hasPrefix("vnn_marabou") }
}

private let allCases = [
  RealCase(model: "basecnn_cifar10/model", data: "cifar10_png"),
  RealCase(model: "convnetjs_cifar10/model", data: "cifar10_bin"),
  RealCase(model: "mnist_cnn_pytorch/model", data: "mnist_png_600"),
  RealCase(model: "mobilenetv1_025_128_imagenet/model", data: "imagenet_val10x25"),
  RealCase(model: "resnet20_cifar10/model", data: "cifar10_png"),
  RealCase(model: "resnet32_cifar10/model", data: "cifar10_png"),
  RealCase(model: "resnet32_cifar10_int8/model_qdq", data: "cifar10_png"),
  RealCase(model: "resnet32_cifar10_int8/model_qoperator", data: "cifar10_png"),
  RealCase(model: "resnet56_cifar10/model", data: "cifar10_png"),
  RealCase(model: "resnet56_cifar10/model_dynamo_opset18", data: "cifar10_png"),
  RealCase(model: "squeezenet11_imagenet/model", data: "imagenet_val10x25"),
  RealCase(model: "squeezenet11_imagenet/model_fp16", data: "imagenet_val10x25"),
  RealCase(model: "vnn_marabou_small_cifar10/model", data: "cifar10_bin"),
  RealCase(model: "vnn_resnet2b_cifar10/model", data: "cifar10_png"),
]

/// The small networks always, all of them where `CONVSCOPE_ALL_MODELS` is set.
private let cases =
  ProcessInfo.processInfo.environment["CONVSCOPE_ALL_MODELS"] == nil
  ? allCases.filter { $0.isSmall } : allCases

/// Where a release build lies; the engine that set-up fetched is found from there.
private let executable =
  "/" + #filePath.split(separator: "/").prefix { $0 != "Tests" }.joined(separator: "/")
  + "/.build/release/convscope"

private let engine = try? RuntimeEngine.load(
  EngineSearch(environment: ProcessInfo.processInfo.environment, executablePath: executable))

/// Runs images of a data set through a network.
private struct Runner {
  let images: [PixelImage]
  let run: any InferenceRun
  let input: ImageInput
  let output: Networks.ClassifierOutput

  init(_ model: ModelFile, _ dataset: ImageDataset) throws {
    let engine = try #require(engine)
    input = try #require(model.analysisInput.image)
    output = try #require(model.analysisInput.output)
    let session = try engine.open(
      path: model.path, exposing: [], options: SessionOptions(threadCount: 2))
    run = try session.makeRun(yielding: [TensorRequest(output.name)])
    images = try dataset.index.imageNames.indices.map { i in try dataset.image(i) }
  }

  func outputs(_ preprocessings: [Preprocessing], _ wanted: [Int]) throws -> [[[Float]?]] {
    try preprocessings.map { try outputs($0, wanted) }
  }

  private func outputs(_ preprocessing: Preprocessing, _ wanted: [Int]) throws -> [[Float]?] {
    let writer = InputWriter(preprocessing)
    let (height, width) = (preprocessing.height, preprocessing.width)
    let isPlanar = preprocessing.layout == .nchw
    let channels = preprocessing.channelCount
    return try wanted.map { image in
      try run.withInput(count: writer.elementCount) { writer.write(images[image], into: &$0) }
      try run.execute(
        shape: isPlanar ? [1, channels, height, width] : [1, height, width, channels])
      return try run.withOutput(0) { _, values in values.indices.map { values[$0] } }
    }
  }
}

@Suite(.serialized) struct PreprocessingAnswersTests {
  @Test(
    .enabled(
      if: engine != nil && FileManager.default.fileExists(atPath: SharedData.path("models"))),
    arguments: cases)
  private func `the search finds what each model was trained with`(item: RealCase) throws {
    let path = SharedData.path("models/\(item.model).onnx")
    let folder = URL(filePath: path).deletingLastPathComponent()
    let answer = try JSONDecoder().decode(
      Answer.self, from: Data(contentsOf: folder.appending(path: "preprocess.json")))
    let model = try ModelFile(path: path)
    let dataset = try ImageDataset.open(path: SharedData.path("datasets/\(item.data)"))
    let runner = try Runner(model, dataset)
    let sizes = runner.images.map { ImageSize(width: $0.width, height: $0.height) }
    let classCount = try #require(runner.output.classCount)
    let labels = OutputLabels.find(besideModel: path, outputCount: classCount)
    let candidates = preprocessingCandidates(
      for: runner.input, imageSizes: sizes, classCount: classCount)
    let preprocessing = candidates[0].preprocessing
    let decision = try PreprocessingSearch().choose(
      candidates,
      policies: resizePolicies(
        to: ImageSize(width: preprocessing.width, height: preprocessing.height), from: sizes),
      mappings: ClassMatching.match(
        datasetClasses: dataset.index.classes, outputNames: labels?.names,
        outputCount: classCount),
      labels: dataset.index.labels, evaluate: runner.outputs)
    let found = decision.choice
    print(item.model, found.chosen.name, found.evidence, found.reason)
    #expect(answer.agrees(with: found.chosen.preprocessing), "\(found)")
    #expect(found.evidence == .verified || found.evidence == .inferred)
    #expect(found.chosen.preprocessing.resize == .stretch)
  }
}
