import Foundation
import Networks
import TestSupport
import Testing

@testable import ModelFiles

/// Real models beside the checkout; skipped without them.
@Suite struct SharedModelsTests {
  static let isPresent = FileManager.default.fileExists(atPath: SharedData.path("models"))

  struct Expected: Sendable, CustomTestStringConvertible {
    var path: String
    var convolutions: Int
    var dense: Int
    var testDescription: String { path }
  }

  static let models = [
    Expected(path: "basecnn_cifar10/model.onnx", convolutions: 10, dense: 2),
    Expected(path: "convnetjs_cifar10/model.onnx", convolutions: 3, dense: 1),
    Expected(path: "mnist_cnn_pytorch/model.onnx", convolutions: 2, dense: 2),
    Expected(path: "mobilenetv1_025_128_imagenet/model.onnx", convolutions: 28, dense: 0),
    Expected(path: "resnet20_cifar10/model.onnx", convolutions: 19, dense: 1),
    Expected(path: "resnet32_cifar10/model.onnx", convolutions: 31, dense: 1),
    Expected(path: "resnet32_cifar10_int8/model_qdq.onnx", convolutions: 31, dense: 1),
    Expected(path: "resnet32_cifar10_int8/model_qoperator.onnx", convolutions: 31, dense: 1),
    Expected(path: "resnet56_cifar10/model.onnx", convolutions: 55, dense: 1),
    Expected(path: "resnet56_cifar10/model_dynamo_opset18.onnx", convolutions: 55, dense: 1),
    Expected(path: "squeezenet11_imagenet/model.onnx", convolutions: 26, dense: 0),
    Expected(path: "squeezenet11_imagenet/model_fp16.onnx", convolutions: 26, dense: 0),
    Expected(path: "vnn_marabou_small_cifar10/model.onnx", convolutions: 2, dense: 3),
    Expected(path: "vnn_resnet2b_cifar10/model.onnx", convolutions: 6, dense: 2),
    Expected(path: "onnx_light_structures/light_bvlc_alexnet.onnx", convolutions: 5, dense: 3),
    Expected(path: "onnx_light_structures/light_densenet121.onnx", convolutions: 121, dense: 0),
    Expected(path: "onnx_light_structures/light_inception_v1.onnx", convolutions: 57, dense: 1),
    Expected(path: "onnx_light_structures/light_inception_v2.onnx", convolutions: 69, dense: 1),
    Expected(path: "onnx_light_structures/light_resnet50.onnx", convolutions: 53, dense: 1),
    Expected(path: "onnx_light_structures/light_shufflenet.onnx", convolutions: 49, dense: 1),
    Expected(path: "onnx_light_structures/light_squeezenet.onnx", convolutions: 26, dense: 0),
    Expected(path: "onnx_light_structures/light_vgg19.onnx", convolutions: 16, dense: 3),
    Expected(path: "onnx_light_structures/light_zfnet512.onnx", convolutions: 5, dense: 3),
  ]

  static func open(_ path: String) throws -> ModelFile {
    try ModelFile(path: SharedData.path("models/" + path))
  }

  @Test(.enabled(if: isPresent), arguments: models)
  func `layers are those of the file, connected and named`(expected: Expected) throws {
    let model = try Self.open(expected.path)
    let network = model.network
    #expect(network.layers.count(where: { $0.kind != .dense }) == expected.convolutions)
    #expect(network.layers.count(where: { $0.kind == .dense }) == expected.dense)
    #expect(model.analysisInput.image != nil)
    #expect(model.analysisInput.output?.classCount ?? 0 >= 10)
    #expect(Set(network.layers.map(\.name)).count == network.layers.count)
    #expect(network.stages.flatMap(\.layers).map(\.index).sorted() == Array(network.layers.indices))
    for layer in network.layers {
      let incoming = network.edges.filter { $0.target == .layer(layer.id) }
      #expect(!incoming.isEmpty, "nothing leads into \(layer.name)")
      #expect(incoming.allSatisfy { !$0.routes.isEmpty }, "routes into \(layer.name) are lost")
      #expect(
        network.edges.contains { $0.source == .layer(layer.id) }, "\(layer.name) leads nowhere")
      #expect(layer.outputShape?.dimensions.dropFirst().allSatisfy { $0.length != nil } == true)
    }
  }

  @Test(
    .enabled(if: isPresent),
    arguments: [
      ("resnet20_cifar10/model.onnx", ["conv1", "layer1", "layer2", "layer3", "linear"], 11),
      (
        "squeezenet11_imagenet/model.onnx",
        ["conv1", "stage 2 · 56×56", "stage 3 · 28×28", "stage 4 · 14×14"], 10
      ),
      (
        "onnx_light_structures/light_densenet121.onnx",
        [
          "conv1", "stage 2 · 56×56", "stage 3 · 28×28", "stage 4 · 14×14", "stage 5 · 7×7",
          "fc6",
        ], 63
      ),
      ("onnx_light_structures/light_vgg19.onnx", nil, 8),
      ("onnx_light_structures/light_shufflenet.onnx", nil, 18),
    ])
  func `stages and blocks are those of the architecture`(
    path: String, stages: [String]?, blockCount: Int
  ) throws {
    let network = try Self.open(path).network
    if let stages { #expect(network.stages.map(\.name) == stages) }
    #expect(network.stages.flatMap(\.blocks).count == blockCount)
  }

  @Test(.enabled(if: isPresent))
  func `every odd file ends in a network or one sentence`() throws {
    let folder = SharedData.path("models/odd")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    let models = names.filter { $0.hasSuffix(".onnx") }
    var refused: [String] = []
    for name in models {
      do {
        let file = try ModelFile(path: folder + "/" + name)
        #expect(!ModelReport(file).infoText(width: 80).isEmpty)
        if case .unavailable(let reason) = file.analysisInput { #expect(reason.hasSuffix(".")) }
      } catch {
        refused.append(name)
        #expect(!error.description.contains("\n"))
      }
    }
    #expect(
      refused == [
        "empty.onnx", "external_data_missing/model.onnx", "garbage_32bytes_as_found.onnx",
        "truncated_resnet20.onnx",
      ])
  }
}
