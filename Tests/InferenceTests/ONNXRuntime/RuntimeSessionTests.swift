import Foundation
import Networks
import TestSupport
import Testing

@testable import Inference

@Suite(.enabled("no ONNX Runtime on this machine") { EngineUnderTest.isPresent })
struct RuntimeSessionTests {
  private func open(
    _ path: String = EngineUnderTest.shapesModel, exposing: [String] = [],
    options: SessionOptions = SessionOptions()
  ) throws -> any InferenceSession {
    try EngineUnderTest.required().open(path: path, exposing: exposing, options: options)
  }

  private func pixels(_ count: Int) -> [Float] {
    (0..<count).map { Float(($0 * 7919) % 251) / 125 - 1 }
  }

  /// Runs `batch` images and returns the requested tensors' shapes and values.
  private func results(
    _ session: any InferenceSession, _ names: [String], batch: Int = 2
  ) throws -> [(shape: [Int], values: [Float])] {
    let run = try session.makeRun(yielding: names.map { TensorRequest($0) })
    let values = pixels(batch * 3 * 32 * 32)
    try run.withInput(count: values.count) { span in
      for index in values.indices { span[index] = values[index] }
    }
    try run.execute(shape: [batch, 3, 32, 32])
    return try names.indices.map { index in
      try run.withOutput(index) { shape, span in (shape, span.indices.map { span[$0] }) }
    }
  }

  @Test func `inputs and outputs are those of the file, exposed tensors behind`() throws {
    let session = try open(exposing: [EngineUnderTest.stem])
    #expect(session.inputs.count == 1)
    #expect(session.inputs[0].elementType == .float32)
    #expect(session.inputs[0].shape?.dimensions.dropFirst().map(\.length) == [3, 32, 32])
    #expect(session.outputs.count == 2)
    #expect(session.outputs[1].name == EngineUnderTest.stem)
  }

  @Test func `an exposed tensor has its shape and changes nothing else`() throws {
    let plain = try open()
    let output = plain.outputs[0].name
    let alone = try results(plain, [output])
    let both = try results(
      try open(exposing: [EngineUnderTest.stem]), [output, EngineUnderTest.stem])
    #expect(both[0].shape == [2, 10])
    #expect(both[1].shape == [2, 16, 32, 32])
    #expect(both[1].values.contains { $0 > 0 } && both[1].values.allSatisfy { $0 >= 0 })
    #expect(zip(alone[0].values, both[0].values).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func `optimisation changes numbers by rounding only`() throws {
    let names = [EngineUnderTest.stem]
    let fast = try results(try open(exposing: names), names)[0].values
    let slow = try results(
      try open(exposing: names, options: SessionOptions(isOptimized: false)), names)[0].values
    #expect(fast.count == slow.count)
    #expect(zip(fast, slow).allSatisfy { abs($0 - $1) <= 1e-4 * max(1, abs($1)) })
  }

  @Test func `an image's activations do not depend on its batch`() throws {
    let session = try open(exposing: [EngineUnderTest.stem])
    let one = try results(session, [EngineUnderTest.stem], batch: 1)[0].values
    let four = try results(session, [EngineUnderTest.stem], batch: 4)[0].values
    #expect(one == Array(four[..<one.count]))
  }

  @Test func `a tensor that is not there is named`() throws {
    #expect(throws: InferenceError.noSuchTensor("nowhere")) {
      _ = try open().makeRun(yielding: [TensorRequest("nowhere")])
    }
    #expect(throws: (any Error).self) { _ = try open(exposing: ["nowhere"]) }
  }

  @Test func `a wrong shape is an error that says which`() throws {
    let session = try open()
    let run = try session.makeRun(yielding: [TensorRequest(session.outputs[0].name)])
    try run.withInput(count: 3 * 16 * 16) { _ in }
    do {
      try run.execute(shape: [1, 3, 16, 16])
      Issue.record("the network took an image of another size")
    } catch {
      guard case .wrongInputShape(let given, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(given == [1, 3, 16, 16])
      #expect("\(error)".contains("1×3×16×16"))
    }
  }

  @Test func `a cancelled session runs again after it is resumed`() throws {
    let session = try open()
    session.cancel()
    #expect(throws: InferenceError.cancelled) {
      _ = try results(session, [session.outputs[0].name])
    }
    session.resume()
    #expect(try results(session, [session.outputs[0].name])[0].shape == [2, 10])
  }

  @Test func `an unknown accelerator is refused with what there is`() throws {
    do {
      _ = try open(options: SessionOptions(provider: "abacus"))
      Issue.record("ran on an abacus")
    } catch InferenceError.providerUnavailable(let name, let available, _) {
      #expect(name == "abacus")
      #expect(available.contains("cpu"))
    }
  }

  @Test(arguments: [
    ("unknown_custom_op.onnx", "com.example:FancyRelu"), ("empty.onnx", "it is empty"),
    ("truncated_resnet20.onnx", "cut short"), ("garbage_32bytes_as_found.onnx", "no ONNX file"),
    ("external_data_missing/model.onnx", "file of their own"), ("nothing.onnx", "No such file"),
    ("", "not a file"),
  ])
  func `a model that cannot run says why in one sentence`(name: String, reason: String) throws {
    let path = SharedData.path("models/odd/" + name)
    guard FileManager.default.fileExists(atPath: SharedData.path("models/odd")) else { return }
    do {
      _ = try open(path)
      Issue.record("\(name) opened")
    } catch let error as InferenceError {
      #expect("\(error)".contains(reason), "\(error)")
      #expect(!"\(error)".contains("\n"))
    }
  }

  @Test(arguments: [
    ("gru.onnx", true), ("two_inputs.onnx", false), ("transformer_int64_tokens.onnx", false),
    ("external_data_resnet56/model.onnx", true), ("resnet20_opset21.onnx", true),
    ("convnetjs_ir3_opset8_initializers_as_inputs.onnx", true),
  ])
  func `only networks with one image input give a run`(name: String, isUsable: Bool) throws {
    let path = SharedData.path("models/odd/" + name)
    guard FileManager.default.fileExists(atPath: path) else { return }
    let session = try open(path)
    let run = try? session.makeRun(yielding: [TensorRequest(session.outputs[0].name)])
    #expect((run != nil) == isUsable)
  }

  @Test func `a half-precision network gives nearly the numbers of the full one`() throws {
    let folder = SharedData.path("models/squeezenet11_imagenet/")
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let both = try ["model.onnx", "model_fp16.onnx"].map { file -> [Float] in
      let session = try open(folder + file)
      let run = try session.makeRun(yielding: [TensorRequest(session.outputs[0].name)])
      try run.withInput(count: 3 * 227 * 227) { span in
        for index in span.indices { span[index] = Float(index * 31 % 256) }
      }
      try run.execute(shape: [1, 3, 227, 227])
      return try run.withOutput(0) { _, span in span.indices.map { span[$0] } }
    }
    #expect(both[0].count == 1000)
    #expect(zip(both[0], both[1]).allSatisfy { abs($0 - $1) < 0.02 })
  }
}
