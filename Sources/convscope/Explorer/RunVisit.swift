import Atlases
import Canvas
import Dispatch
import Explorer
import Glibc
import Pipeline
import Terminal

/// What reaches the run screen from the background.
enum RunMessage: Sendable {
  case action(RunAction)
  case ended(CommandFailure?)
}

/// One visit to the run screen, from taking the terminal to giving it back.
struct RunVisit {
  var session: RunSession
  var mailbox: Mailbox<RunMessage>
  var settings: VisitSettings

  /// Returns when the user quit; a signal ends the process.
  func run() throws {
    settings.warn()
    let first = try begin()
    var isRunning = !first.isFinished
    let signal = try inTerminal(first.run, &isRunning)
    session.cancel()
    while isRunning {
      mailbox.wait(milliseconds: -1)
      for message in mailbox.drain() {
        if case .ended = message { isRunning = false }
      }
    }
    if let signal { TerminalSignals.endProcess(by: signal) }
  }

  /// - Returns: The signal that ended the visit.
  private func inTerminal(_ run: TrainingRun, _ isRunning: inout Bool) throws -> Int32? {
    var screen = try NcursesTerminal(settings.terminal)
    var state = RunState(run: run, context: settings.context(of: screen))
    if isRunning { updateRun(&state, .phase("reading")) }
    if let notice = settings.notice { updateRun(&state, .message(notice)) }
    while !state.hasQuit {
      var frame = CellGrid(height: screen.size.height, width: screen.size.width)
      renderRun(state, into: &frame)
      screen.present(frame)
      screen.waitForInput(or: mailbox.wakeDescriptor, milliseconds: -1)
      for key in screen.readKeys() {
        switch key {
        case .resize: updateRun(&state, .resized(screen.size))
        case .appearance(let appearance): updateRun(&state, .appearanceFound(appearance))
        default: updateRun(&state, .key(key))
        }
      }
      if let signal = screen.pendingSignal { return signal }
      for message in mailbox.drain() { take(message, &state, &isRunning) }
    }
    return nil
  }

  private func take(_ message: RunMessage, _ state: inout RunState, _ isRunning: inout Bool) {
    switch message {
    case .action(let action): updateRun(&state, action)
    case .ended(let failure):
      isRunning = false
      updateRun(&state, .phase(nil))
      if let failure { updateRun(&state, .message(failure.sentence)) }
    }
  }

  /// Starts, and returns once the weights were read.
  private func begin() throws -> (run: TrainingRun, isFinished: Bool) {
    DispatchQueue(label: "run").async { [session, mailbox] in
      do {
        let run = try session.run { event in
          switch event {
          case .updated(let run): mailbox.post(.action(.updated(run)))
          case .phase(let name): mailbox.post(.action(.phase(name)))
          }
        }
        mailbox.post(.action(.updated(run)))
        mailbox.post(.ended(nil))
      } catch {
        mailbox.post(.ended(CommandFailure(error)))
      }
    }
    var run: TrainingRun?
    while true {
      mailbox.wait(milliseconds: -1)
      for message in mailbox.drain() {
        switch message {
        case .action(.updated(let known)): run = known
        case .action: break
        case .ended(let failure):
          if let failure { throw failure }
          if let run { return (run, true) }
        }
      }
      if let run { return (run, false) }
    }
  }
}

extension RunSession {
  /// Runs on a thread beside this one, which heeds signals: they end it, and what was measured is
  /// returned.
  func runHeedingSignals() throws -> TrainingRun {
    let mailbox = try Mailbox<Result<TrainingRun, CommandFailure>>()
    let signals = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { _ in self.cancel() }
    defer { withExtendedLifetime(signals) {} }
    DispatchQueue(label: "run").async {
      do {
        mailbox.post(.success(try self.run()))
      } catch {
        mailbox.post(.failure(CommandFailure(error)))
      }
    }
    while true {
      mailbox.wait(milliseconds: -1)
      if let result = mailbox.drain().last { return try result.get() }
    }
  }
}

extension ScreenOptions {
  /// Prints what the run screen shows.
  func put(_ state: RunState, as format: FrameFormat) throws(CommandFailure) {
    var grid = CellGrid(height: state.context.size.height, width: state.context.size.width)
    renderRun(state, into: &grid)
    let tier = printedTier
    let text =
      switch format {
      case .text: grid.text(glyphs: tier.glyphs)
      case .ansi: grid.ansi(tier: tier)
      case .svg: grid.svg(appearance: theme ?? .dark, glyphs: tier.glyphs)
      case .json: describe(state.run).json
      case .words: describe(state.run).text
      }
    guard Standard.output.write(text.hasSuffix("\n") ? text : text + "\n") else {
      throw CommandFailure("The screen could not be written to standard output.")
    }
  }
}
