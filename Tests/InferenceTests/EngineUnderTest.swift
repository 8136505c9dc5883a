import Foundation
import Inference

/// The engine and the model that tests run, where this machine has an engine.
enum EngineUnderTest {
  static let root: String = {
    let parts = #filePath.split(separator: "/")
    return "/" + parts.prefix { $0 != "Tests" }.joined(separator: "/")
  }()

  static let shapesModel = root + "/Examples/shapes/model.onnx"
  static let stem = "/stem/relu/Relu_output_0"

  /// Nil, and the test is skipped, when the machine has none.
  static let engine: RuntimeEngine? = {
    let environment = ProcessInfo.processInfo.environment
    let search = EngineSearch(
      environment: environment, executablePath: root + "/.build/release/convscope")
    return try? RuntimeEngine.load(search)
  }()

  static var isPresent: Bool { engine != nil }

  struct Absent: Error {}

  static func required() throws -> RuntimeEngine {
    guard let engine else { throw Absent() }
    return engine
  }
}
