import Atlases
import ModelFiles
import Storage
import Synchronization

/// Reads a run: weights at once, then images checkpoint by checkpoint, one engine session at a time.
public final class RunSession: Sendable {
  public let request: RunRequest
  private let control = Mutex(Control())
  /// Ends a wait for news.
  private let wake: WakePipe?
  /// Ends a search for preprocessing when all is to end.
  let search = SearchStop()

  private struct Control {
    var isCancelled = false
    var analysis: ImageAnalysis?
    /// The checkpoint somebody wants to look into, by file name.
    var wish: String?
  }

  /// Prepares; opens nothing yet.
  public init(request: RunRequest) {
    self.request = request
    wake = try? WakePipe()
  }

  /// Ends as soon as a batch allows; `run` returns what was measured. Safe from any thread.
  public func cancel() {
    interrupt { $0.isCancelled = true }
    search.raise()
  }

  /// Asks for the atlas of a checkpoint, before anything else that waits; a newer wish replaces an
  /// older one. ``watch(report:)`` answers. Safe from any thread.
  ///
  /// - Parameter fileName: As ``RunCheckpoint/fileName`` says.
  public func open(_ fileName: String) {
    interrupt { $0.wish = fileName }
  }

  private func interrupt(_ change: (inout sending Control) -> Void) {
    let analysis = control.withLock { state in
      change(&state)
      return state.analysis
    }
    analysis?.cancel()
    wake?.wake()
  }

  var isCancelled: Bool { control.withLock { $0.isCancelled } }

  /// Whether what is being run has to make way.
  var isInterrupted: Bool { control.withLock { $0.isCancelled || $0.wish != nil } }

  /// Reads everything once.
  ///
  /// - Parameter report: Called for each event; may block.
  @discardableResult
  public func run(
    report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) throws(RunError) -> TrainingRun {
    var work = try RunWork(self, report: report)
    while !isCancelled, try work.measureNext() {}
    return work.opened.run
  }

  /// Reads everything, then waits for checkpoints that come and for wishes, until cancelled.
  ///
  /// - Parameter report: Called for each event; may block.
  /// - Throws: When not one checkpoint can be read; what fails later is told as an event.
  public func watch(report: @escaping @Sendable (RunEvent) -> Void) throws(RunError) {
    let watch = FolderWatch(RunListing.folders(request.paths))
    var work = try RunWork(self, isPatient: true, report: report)
    var arrivals = RunArrivals()
    work.look(&arrivals, FolderNews())
    report(.watching(RunWatching(isPolling: watch.isPolling, writing: arrivals.waiting)))
    var isIdle = false
    while !isCancelled {
      wake?.clear()
      if let wish = control.withLock({ $0.wish.take() }) {
        work.open(wish)
        isIdle = false
        continue
      }
      let news = watch.wait(or: wake?.descriptor ?? -1, milliseconds: isIdle ? arrivals.pause : 0)
      if news.hasChanged || news.isDue, !isInterrupted {
        let writing = arrivals.waiting
        isIdle = !work.look(&arrivals, news) && isIdle
        if arrivals.waiting != writing {
          report(.watching(RunWatching(isPolling: watch.isPolling, writing: arrivals.waiting)))
        }
      }
      guard !isIdle else { continue }
      isIdle = !work.measureNextOrTell()
      if isIdle { report(.phase(nil)) }
    }
  }

  /// Runs an analysis that ``cancel()`` or a wish can end.
  func run(_ analysis: ImageAnalysis) throws(SessionError) -> AnalysisResult {
    control.withLock { $0.analysis = analysis }
    if isInterrupted { analysis.cancel() }
    defer { control.withLock { $0.analysis = nil } }
    do throws(AnalysisError) {
      return try analysis.runAndWait()
    } catch {
      throw .analysis(error)
    }
  }
}
