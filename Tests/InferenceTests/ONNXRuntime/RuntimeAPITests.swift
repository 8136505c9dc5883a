import Testing

@testable import Inference

@Suite(.enabled("no ONNX Runtime on this machine") { EngineUnderTest.isPresent })
struct RuntimeAPITests {
  /// A build without an accelerator says so, and thereby that the position is right.
  @Test func `the accelerators' positions answer for themselves`() throws {
    let engine = try EngineUnderTest.required()
    guard engine.providers == ["CPUExecutionProvider"] || engine.providers.count == 2 else {
      return
    }
    let api = engine.library.api
    let cuda = unsafe refusal { try unsafe api.make { unsafe api.createCUDAOptions($0) } }
    let tensorRT = unsafe refusal { try unsafe api.make { unsafe api.createTensorRTOptions($0) } }
    #expect(cuda.contains("CUDA"))
    #expect(tensorRT.contains("TensorRT"))
  }

  private func refusal(_ body: () throws -> OpaquePointer) -> String {
    do {
      _ = try unsafe body()
      return "it was made"
    } catch {
      return (error as? RuntimeFailure)?.message ?? "\(error)"
    }
  }

  @Test func `a processor is always among the providers`() throws {
    #expect(try EngineUnderTest.required().providers.contains("CPUExecutionProvider"))
  }
}
