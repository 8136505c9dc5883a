import Atlases
import Inference
import ModelFiles
import Networks
import Synchronization

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
  /// A step began.
  case phase(String)
}

/// Reads a run: weights at once, then images checkpoint by checkpoint, one engine session at a time.
public final class RunSession: Sendable {
  public let request: RunRequest
  private let control = Mutex(Control())

  private struct Control {
    var isCancelled = false
    var analysis: ImageAnalysis?
  }

  /// Prepares; opens nothing yet.
  public init(request: RunRequest) {
    self.request = request
  }

  /// Ends as soon as a batch allows; `run` returns what was measured. Safe from any thread.
  public func cancel() {
    let analysis = control.withLock { state in
      state.isCancelled = true
      return state.analysis
    }
    analysis?.cancel()
  }

  var isCancelled: Bool { control.withLock { $0.isCancelled } }

  /// Runs to the end.
  ///
  /// - Parameter report: Called for each event; may block.
  @discardableResult
  public func run(
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) throws(RunError) -> TrainingRun {
    let opened = try OpenedRun(request)
    var run = opened.run
    let measured = measureWeights(opened.members, run.layers) { self.isCancelled }
    run.weights = measured.measures
    run.notes += measured.notes
    report(.updated(run))
    guard let images = request.images, !isCancelled else { return run }
    let columns = RunColumns(opened, images, phase: { report(.phase($0)) })
    try columns.measure(&run, session: self) { report(.updated($0)) }
    return run
  }

  /// Runs an analysis that ``cancel()`` can end.
  func run(_ analysis: ImageAnalysis) throws(SessionError) -> AnalysisResult {
    control.withLock { $0.analysis = analysis }
    if isCancelled { analysis.cancel() }
    defer { control.withLock { $0.analysis = nil } }
    do throws(AnalysisError) {
      return try analysis.runAndWait()
    } catch {
      throw .analysis(error)
    }
  }
}
