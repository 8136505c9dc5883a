import Foundation
import Inference

/// The engine that `make setup` unpacks, or one that the environment names.
enum TestEngine {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static var isPresent: Bool { (try? RuntimeEngine.load()) != nil }
}
