import Atlases
import Dispatch
import Glibc
import Pipeline
import Tensors

/// An analysis without a screen: runs beside the main thread, which reports and heeds signals.
struct AnalysisRun {
  var request: AnalysisRequest
  var reporter: any AnalysisReporter

  private enum Message: Sendable {
    case event(AnalysisEvent)
    case signal(Int32)
    case ended(CommandFailure?)
  }

  /// A repeated signal within this time is one and the same: `timeout` sends it to the process and
  /// to its group.
  private static let sameSignal = Duration.milliseconds(100)

  /// Runs until everything is done. A signal ends it early; what was done is kept.
  @discardableResult
  func toTheEnd() throws -> AnalysisOutcome {
    let session = AnalysisSession(request: request)
    let mailbox = try Mailbox<Message>()
    let signals = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { mailbox.post(.signal($0)) }
    defer { withExtendedLifetime(signals) {} }
    start(session, mailbox)
    let end: (outcome: AnalysisOutcome?, signal: Int32?)
    do {
      end = try follow(mailbox, cancelling: session)
    } catch {
      throw told(CommandFailure(error))
    }
    guard let outcome = end.outcome else {
      if let signal = end.signal { throw told(stopped(by: signal, nil)) }
      throw told(
        CommandFailure("The analysis ended without a result; run it again with --fresh."))
    }
    reporter.ended(outcome)
    if let signal = end.signal { throw stopped(by: signal, outcome) }
    return outcome
  }

  private func told(_ failure: CommandFailure) -> CommandFailure {
    reporter.failed(failure)
    return failure
  }

  private func start(_ session: AnalysisSession, _ mailbox: Mailbox<Message>) {
    DispatchQueue(label: "analysis").async {
      do {
        try session.run { mailbox.post(.event($0)) }
        mailbox.post(.ended(nil))
      } catch {
        mailbox.post(.ended(CommandFailure(error)))
      }
    }
  }

  /// How it ended: the outcome, if there is one, and the signal that stopped it.
  private func follow(
    _ mailbox: Mailbox<Message>, cancelling session: AnalysisSession
  ) throws -> (outcome: AnalysisOutcome?, signal: Int32?) {
    var outcome: AnalysisOutcome?
    var latest: AnalysisProgressReport?
    var signal: Int32?
    var signalTime = ContinuousClock.now
    while true {
      mailbox.wait(milliseconds: 800)
      let messages = mailbox.drain()
      for message in messages {
        switch message {
        case .event(.phase(let name)): reporter.phase(name)
        case .event(.progress(let report)): latest = report
        case .event(.finished(let result)): outcome = result
        case .event: break
        case .signal(let number):
          if signal == nil {
            (signal, signalTime) = (number, .now)
            session.cancel()
          } else if ContinuousClock.now - signalTime > Self.sameSignal {
            // At once: the engine's threads are still at work, and would miss what exit tears down.
            _exit(ExitStatus.signal(number))
          }
        case .ended(let failure):
          if let failure, signal == nil { throw failure }
          return (outcome, signal)
        }
      }
      if let latest { reporter.progress(latest) }
    }
  }

  private func stopped(by signal: Int32, _ outcome: AnalysisOutcome?) -> CommandFailure {
    let status = ExitStatus.signal(signal)
    let how = SignalWatch.name(signal)
    guard let outcome else {
      return CommandFailure(
        "\(how) before there was a result; nothing was written.", status: status)
    }
    let facts = outcome.atlas.provenance
    let done = NumberText.grouped(facts.analyzedImageCount)
    let planned = NumberText.counted(facts.plannedImageCount, "image")
    let place = outcome.path.map { "is kept in \($0)" } ?? "was not kept"
    return CommandFailure(
      "\(how) after \(done) of \(planned); the part \(place); the same command goes on.",
      status: status)
  }
}
