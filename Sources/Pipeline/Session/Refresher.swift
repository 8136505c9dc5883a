import Dispatch
import Synchronization

/// Builds atlases of the images so far, beside the running analysis, and tells them.
///
/// The first comes as soon as there is an image, later ones when enough has changed and when
/// building has cost at most a tenth of the time, so that watching does not slow the work.
final class Refresher: Sendable {
  private let isStopped = Mutex(false)
  private let ended = DispatchSemaphore(value: 0)

  init(
    _ analysis: ImageAnalysis, _ builder: AtlasBuilder, inputs: SessionInputs,
    report: @escaping @Sendable (AnalysisEvent) -> Void
  ) {
    DispatchQueue(label: "convscope.refresh", qos: .utility).async { [self] in
      watch(analysis, builder, inputs, report)
      ended.signal()
    }
  }

  /// Returns when no more atlas will be told.
  func stop() {
    isStopped.withLock { $0 = true }
    ended.wait()
  }

  private var isOver: Bool { isStopped.withLock { $0 } }

  private func watch(
    _ analysis: ImageAnalysis, _ builder: AtlasBuilder, _ inputs: SessionInputs,
    _ report: @Sendable (AnalysisEvent) -> Void
  ) {
    var shownCount = 0
    var pause = Duration.milliseconds(20)
    while !isOver {
      wait(pause)
      guard !isOver else { return }
      let snapshot = analysis.snapshot()
      guard snapshot.imageCount > shownCount + shownCount / 8 else {
        pause = .milliseconds(50)
        continue
      }
      let start: ContinuousClock.Instant = .now
      shownCount = snapshot.imageCount
      let atlas = inputs.atlas(of: snapshot, builder, engine: analysis.engineDescription) {
        self.isOver
      }
      guard let atlas, !isOver else { return }
      report(.refreshed(atlas))
      let cost: Duration = ContinuousClock.now - start
      pause = max(.milliseconds(200), cost * 10)
    }
  }

  /// Sleeps for `duration` in steps short enough to stop soon.
  private func wait(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while !isOver, ContinuousClock.now < end {
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(20))
    }
  }
}
