import Atlases

/// Which run to look at, and with which images.
public struct RunRequest: Sendable {
  /// Folders and files.
  public var paths: [String]
  /// ONNX file that checkpoints without a graph are bound to.
  public var graphPath: String?
  /// Images and how they are run; its model path is not used. Nil for the weights alone.
  public var images: AnalysisRequest?

  public init(paths: [String], graphPath: String? = nil, images: AnalysisRequest? = nil) {
    self.paths = paths
    self.graphPath = graphPath
    self.images = images
  }

  /// Images of the sample where no limit is given.
  public static let usualSample = 500
}

/// What reading a run tells, in order.
public enum RunEvent: Sendable {
  /// The run as far as it is known.
  case updated(TrainingRun)
  /// A step began; nil when all is done.
  case phase(String?)
  /// How new checkpoints are heard of, and which are being written.
  case watching(RunWatching)
  /// Something failed, one sentence; the rest goes on.
  case failed(String)
  /// The checkpoint that was asked for.
  case opened(fileName: String, Atlas)
  /// Why it cannot be shown.
  case unavailable(fileName: String, reason: String)
}
