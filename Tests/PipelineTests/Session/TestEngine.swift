import Foundation
import Inference
import Synchronization
import Testing

@testable import Pipeline

/// The engine that `make setup` unpacks, or one that the environment names.
enum TestEngine {
  static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static var isPresent: Bool { (try? RuntimeEngine.load()) != nil }

  /// Runs an analysis to its end.
  static func outcome(of request: AnalysisRequest) throws -> AnalysisOutcome {
    let outcome = Mutex<AnalysisOutcome?>(nil)
    try AnalysisSession(request: request).run { event in
      if case .finished(let result) = event { outcome.withLock { $0 = result } }
    }
    return try #require(outcome.withLock { $0 })
  }
}
