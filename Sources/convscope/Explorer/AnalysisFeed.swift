import Atlases
import Dispatch
import Explorer
import Pipeline

/// An analysis beside the explorer; what it tells becomes the loop's messages.
struct AnalysisFeed: Sendable {
  let session: AnalysisSession
  let mailbox: Mailbox<LoopMessage>
  /// Switches neurons off and runs single images once all images ran.
  let engine: EngineFeed
  /// The analysis pauses after opening its model until this is signalled: taking the terminal
  /// changes the environment for a moment, which other threads must not read meanwhile.
  private let gate = DispatchSemaphore(value: 0)

  /// Notes where model and images are.
  private let memory: FileMemory?

  init(_ request: AnalysisRequest, mailbox: Mailbox<LoopMessage>, memory: FileMemory? = nil) {
    self.memory = memory
    session = AnalysisSession(request: request)
    self.mailbox = mailbox
    engine = EngineFeed(mailbox: mailbox)
  }

  /// Starts, and returns once the model was read.
  func open() throws -> Atlas {
    DispatchQueue(label: "analysis").async { [self] in run() }
    while true {
      mailbox.wait(milliseconds: -1)
      for message in mailbox.drain() {
        switch message {
        case .opened(let atlas): return atlas
        case .ended(.failure(let failure)): throw failure
        case .ended, .action, .imagesFound, .typed, .inputEnded, .signal: break
        }
      }
    }
  }

  /// Lets the images run.
  func proceed() { gate.signal() }

  private func run() {
    do {
      try session.run { event in
        switch event {
        case .opened(let atlas):
          mailbox.post(.opened(atlas))
          gate.wait()
        case .finished(let outcome):
          memory?.remember(session.request, outcome.atlas)
          for action in actions(for: event) { post(action) }
          mailbox.post(.ended(.success(outcome)))
          if outcome.isComplete, let source = session.ablation { engine.start(source) }
        default: for action in actions(for: event) { post(action) }
        }
      }
      mailbox.post(.ended(.success(nil)))
    } catch {
      mailbox.post(.ended(.failure(CommandFailure(error))))
    }
  }

  private func post(_ action: ExplorerAction) {
    let message = LoopMessage.action(action)
    mailbox.post(message) { $0.isReplaced(by: message) }
  }
}

/// What an event means to the explorer.
private func actions(for event: AnalysisEvent) -> [ExplorerAction] {
  switch event {
  case .opened: []
  case .refreshed(let atlas): [.atlasRefreshed(atlas)]
  case .phase(let name): [.progress(Explorer.AnalysisProgress(done: 0, planned: 0, phase: name))]
  case .progress(let report): [.progress(Explorer.AnalysisProgress(report))]
  case .finished(let outcome):
    [.atlasRefreshed(outcome.atlas), .progress(Explorer.AnalysisProgress(outcome))]
  }
}

extension Explorer.AnalysisProgress {
  fileprivate init(_ report: AnalysisProgressReport) {
    self.init(
      done: report.done, planned: report.planned, rate: report.rate > 0 ? report.rate : nil,
      secondsLeft: report.secondsLeft, unreadable: report.unreadableCount)
  }

  fileprivate init(_ outcome: AnalysisOutcome) {
    let facts = outcome.atlas.provenance
    self.init(
      done: facts.analyzedImageCount + facts.unreadableImageCount,
      planned: facts.plannedImageCount, unreadable: facts.unreadableImageCount,
      isFinished: outcome.isComplete)
  }
}
