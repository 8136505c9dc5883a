import Synchronization

/// Holds an analysis until somebody goes on with it.
final class BegunAnalysis: Sendable {
  private let analysis: Mutex<ImageAnalysis?>

  init(_ analysis: ImageAnalysis?) {
    self.analysis = Mutex(analysis)
  }

  /// The analysis, the first time.
  func take() -> ImageAnalysis? { analysis.withLock { $0.take() } }
}
