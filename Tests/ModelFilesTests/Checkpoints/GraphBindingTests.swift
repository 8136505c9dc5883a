import Foundation
import Networks
import TestSupport
import Testing

@testable import ModelFiles

/// A tensor of floats to be written into a checkpoint.
struct PlantedTensor {
  var name: String
  var shape: [Int]
  var values: [Float]

  init(_ name: String, _ shape: [Int], _ value: (Int) -> Float) {
    self.name = name
    self.shape = shape
    values = (0..<shape.reduce(1, *)).map(value)
  }
}

/// The bytes of a safetensors file with these tensors, in order.
func safetensors(_ tensors: [PlantedTensor]) -> [UInt8] {
  var offset = 0
  let entries = tensors.map { tensor in
    let end = offset + tensor.values.count * 4
    defer { offset = end }
    return
      "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(offset),\(end)]}"
  }
  let header = Array("{\(entries.joined(separator: ","))}".utf8)
  return littleEndian(UInt64(header.count)) + header
    + tensors.flatMap(\.values).flatMap { littleEndian($0.bitPattern) }
}

struct GraphBindingTests {
  /// A graph as exporters write it: normalisation folded, weights renamed.
  private func folded() -> OnnxBuilder {
    var model = OnnxBuilder()
    model.input("image", ["batch", 3, 8, 8])
    model.weight("onnx::Conv_1", [4, 3, 3, 3], Array(repeating: 0, count: 108))
    model.weight("onnx::Conv_2", [4], [9, 9, 9, 9])
    model.node("Conv", ["image", "onnx::Conv_1", "onnx::Conv_2"], ["a"], name: "/stem/conv/Conv")
    model.node("Relu", ["a"], ["b"])
    model.node("Flatten", ["b"], ["c"])
    model.weight("onnx::MatMul_3", [144, 5], Array(repeating: 0, count: 720))
    model.node("MatMul", ["c", "onnx::MatMul_3"], ["d"], name: "/fc/MatMul")
    model.weight("fc.bias", [5], Array(repeating: 0, count: 5))
    model.node("Add", ["fc.bias", "d"], ["scores"], name: "/fc/Add")
    model.output("scores", ["batch", 5])
    return model
  }

  private let weights = [
    PlantedTensor("stem.conv.weight", [4, 3, 3, 3]) { Float($0) / 8 },
    PlantedTensor("stem.bn.weight", [4]) { Float($0) + 1 },
    PlantedTensor("stem.bn.bias", [4]) { Float($0) - 2 },
    PlantedTensor("stem.bn.running_mean", [4]) { Float($0) / 2 },
    PlantedTensor("stem.bn.running_var", [4]) { Float($0 * $0) + 0.5 },
    PlantedTensor("fc.weight", [5, 144]) { Float($0) },
    PlantedTensor("fc.bias", [5]) { Float($0 * 3) },
  ]

  /// Binds and hands over the bound copy.
  private func bind<Result>(
    _ graph: OnnxBuilder, _ tensors: [PlantedTensor],
    _ body: (GraphBinding, ModelFile) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      try plant(graph.bytes, at: "graph.onnx", in: folder)
      try plant(safetensors(tensors), at: "w.safetensors", in: folder)
      let binding = try GraphBinding(
        graph: ModelFile(path: folder + "/graph.onnx"),
        checkpoint: Checkpoint(path: folder + "/w.safetensors"))
      let model = try BoundModel(binding, in: folder)
      defer { withExtendedLifetime(model) {} }
      return try body(binding, ModelFile(path: model.path))
    }
  }

  private func misfits(_ graph: OnnxBuilder, _ tensors: [PlantedTensor]) throws -> [String] {
    do {
      try bind(graph, tensors) { _, _ in }
    } catch BindingError.misfit(let clauses) {
      return clauses
    }
    return []
  }

  @Test func `folded normalisation is folded again`() throws {
    try bind(folded(), weights) { binding, model in
      let kernel = try model.kernel(of: LayerID(0))
      for neuron in 0..<4 {
        let variance = Float(neuron * neuron) + 0.5
        let factor = Float(neuron + 1) / (variance + 1e-5).squareRoot()
        #expect(kernel.values[neuron * 27] == Float(neuron * 27) / 8 * factor)
        #expect(kernel.bias[neuron] == (0 - Float(neuron) / 2) * factor + Float(neuron) - 2)
      }
      #expect(binding.notes.contains { $0.contains("ε") })
      #expect(binding.weight(of: LayerID(0))?.name == "stem.conv.weight")
    }
  }

  @Test func `a dense layer's axes are swapped where the graph multiplies from the left`() throws {
    try bind(folded(), weights) { _, model in
      let kernel = try model.kernel(of: LayerID(1))
      #expect(kernel.values == (0..<720).map { Float($0) })
      #expect(kernel.bias == [0, 3, 6, 9, 12])
    }
  }

  @Test func `every tensor is accounted for`() throws {
    let extra = weights + [PlantedTensor("head.weight", [7, 7]) { Float($0) }]
    let clauses = try misfits(folded(), extra)
    #expect(clauses == ["“head.weight” (7×7) has no place in the graph"])
    let lacking = try misfits(folded(), Array(weights.dropLast(2)))
    #expect(lacking.contains { $0.contains("“fc”") }, "\(lacking)")
    let wrong = weights.dropLast(2) + [PlantedTensor("fc.weight", [5, 145]) { Float($0) }]
    #expect(try misfits(folded(), Array(wrong)).count >= 2)
  }

  @Test func `layers without names are matched by order and shape`() throws {
    let renamed = weights.map { tensor in
      var tensor = tensor
      tensor.name = tensor.name.replacingOccurrences(of: "stem", with: "net0")
      return tensor
    }
    try bind(folded(), renamed) { binding, model in
      #expect(binding.tensors.contains { $0.evidence == .order })
      #expect(binding.notes.contains { $0.contains("order") })
      let kernel = try model.kernel(of: LayerID(0))
      #expect(kernel.bias[0] == -2)
    }
  }

  @Test func `one stored tensor cannot serve two layers with weights of their own`() throws {
    var model = OnnxBuilder()
    model.input("image", ["batch", 2, 4, 4])
    model.weight("shared.bias", [2], [0, 0])
    model.weight("one.weight", [2, 2, 1, 1], [0, 0, 0, 0])
    model.weight("two.weight", [2, 2, 1, 1], [0, 0, 0, 0])
    model.node("Conv", ["image", "one.weight", "shared.bias"], ["a"], name: "/one/Conv")
    model.node("Relu", ["a"], ["b"])
    model.node("Conv", ["b", "two.weight", "shared.bias"], ["c"], name: "/two/Conv")
    model.output("c")
    let tensors = ["one", "two"].flatMap { name in
      [
        PlantedTensor("\(name).weight", [2, 2, 1, 1]) { Float($0) },
        PlantedTensor("\(name).bias", [2]) { Float($0) + (name == "one" ? 0 : 1) },
      ]
    }
    #expect(try misfits(model, tensors).contains { $0.contains("serves several layers") })
  }

  @Test(.enabled(if: SharedModelsTests.isPresent), arguments: [0, 12])
  func `a real checkpoint equals its own export`(epoch: Int) throws {
    let folder = SharedData.path("runs/basecnn_cifar10")
    let name = epoch < 10 ? "epoch_0\(epoch)" : "epoch_\(epoch)"
    let exported = try ModelFile(path: "\(folder)/\(name).onnx")
    let graph = try ModelFile(path: "\(folder)/epoch_05.onnx")
    for ending in ["pth", "safetensors"] {
      let checkpoint = try Checkpoint(path: "\(folder)/\(name).\(ending)")
      let binding = try GraphBinding(graph: graph, checkpoint: checkpoint)
      let bound = try BoundModel(binding)
      defer { withExtendedLifetime(bound) {} }
      let model = try ModelFile(path: bound.path)
      for layer in model.network.layers {
        let (a, b) = (try model.kernel(of: layer.id), try exported.kernel(of: layer.id))
        let difference = zip(a.values + a.bias, b.values + b.bias).map { abs($0 - $1) }.max() ?? 1
        #expect(difference < 1e-5, "\(layer.name) \(ending)")
      }
    }
  }

  @Test(.enabled(if: SharedModelsTests.isPresent))
  func `the old format binds to a graph that keeps its normalisation`() throws {
    let folder = SharedData.path("models/resnet20_cifar10")
    let graph = try ModelFile(path: "\(folder)/model.onnx")
    let checkpoint = try Checkpoint(path: "\(folder)/resnet20-12fca82f.th")
    let binding = try GraphBinding(graph: graph, checkpoint: checkpoint)
    let bound = try BoundModel(binding)
    let model = try ModelFile(path: bound.path)
    defer { withExtendedLifetime(bound) {} }
    #expect(try model.kernel(of: LayerID(3)) == graph.kernel(of: LayerID(3)))
    #expect(checkpoint.facts.contains { $0.key == "best_prec1" })
  }
}
