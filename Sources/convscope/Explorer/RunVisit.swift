import Atlases
import Canvas
import Dispatch
import Explorer
import FoundationEssentials
import Glibc
import Pipeline
import Synchronization
import Terminal

/// What reaches the run screen from the background.
enum RunMessage: Sendable {
  case action(RunAction)
  /// The atlas of a checkpoint that was asked for.
  case opened(fileName: String, Atlas)
  case ended(CommandFailure?)
}

/// One visit to the run screen, from taking the terminal to giving it back.
struct RunVisit {
  let session: RunSession
  let mailbox: Mailbox<RunMessage>
  let settings: VisitSettings
  /// Who is told what the session says, besides the mailbox.
  private let listener = RunListener()
  private var state: RunState
  private var isRunning = true

  /// Starts the session, and returns once the weights were read.
  ///
  /// - Parameter size: To be drawn at until the terminal tells its own.
  init(session: RunSession, settings: VisitSettings, size: ScreenSize) throws {
    settings.warn()
    self.session = session
    self.settings = settings
    mailbox = try Mailbox()
    let (run, told) = try Self.begin(session, mailbox, listener)
    state = RunState(
      run: run, context: RenderContext(size: size), keymap: settings.runKeymap)
    updateRun(&state, .phase("reading"))
    for message in told { take(message) }
  }

  /// Returns when the user quit; a signal ends the process.
  mutating func run() throws {
    let signal = try inTerminal()
    session.cancel()
    while isRunning {
      mailbox.wait(milliseconds: -1)
      for message in mailbox.drain() { take(message) }
    }
    if let signal { TerminalSignals.endProcess(by: signal) }
  }

  /// - Returns: The signal that ended the visit.
  private mutating func inTerminal() throws -> Int32? {
    var screen = try NcursesTerminal(settings.terminal)
    updateRun(&state, .context(settings.context(of: screen)))
    for notice in [screen.notice, settings.notice].compactMap(\.self) {
      updateRun(&state, .notice(notice))
    }
    while !state.hasQuit {
      updateRun(&state, .clock(Date().timeIntervalSince1970))
      var frame = CellGrid(height: screen.size.height, width: screen.size.width)
      renderRun(state, into: &frame)
      screen.present(frame)
      // The screen tells how old the newest checkpoint is.
      let pause = state.secondsUntilOlder.map { Int($0 * 1000) + 1 } ?? -1
      screen.waitForInput(or: mailbox.wakeDescriptor, milliseconds: pause)
      for key in screen.readKeys() {
        for effect in updateRun(&state, action(for: key, screen.size)) {
          if case .open(let opening) = effect { session.open(opening.fileName) }
        }
      }
      if let signal = screen.pendingSignal { return signal }
      for message in mailbox.drain() {
        if case .opened(let fileName, let atlas) = message {
          guard let opening = state.opening, opening.fileName == fileName else { continue }
          if let signal = try visit(atlas, opening, &screen) { return signal }
        } else {
          take(message)
        }
      }
    }
    return nil
  }

  /// The explorer at a checkpoint, until it is left for the run screen or for good.
  ///
  /// - Returns: The signal that ended it.
  private mutating func visit(
    _ atlas: Atlas, _ opening: RunOpening, _ screen: inout NcursesTerminal
  ) throws -> Int32? {
    let mailbox = try Mailbox<LoopMessage>()
    let feed = CheckpointFeed(
      session, mailbox: mailbox, state.run.checkpoints, showing: opening.fileName, anchor: atlas)
    guard let moment = feed.moment else { return nil }
    listener.set(feed)
    defer { listener.set(nil) }
    let pictures = PictureStore(atlas: nil, dataPath: session.request.images?.dataPath)
    var loop = Loop(
      mailbox: mailbox,
      runner: EffectRunner(
        pictures: pictures, mailbox: mailbox, sessions: nil, checkpoints: feed),
      copier: Copier(environment: ProcessInfo.processInfo.environment))
    var explorer = ExplorerState(
      atlas: atlas, context: state.context, keymap: settings.keymap, at: moment, opening.target)
    loop.apply(.resized(screen.size), &explorer)
    let signal = loop.run(&screen, &explorer)
    updateRun(&state, .resized(screen.size))
    updateRun(&state, .returned(fileName: feed.fileName, explorer.target))
    if explorer.quitsProgram { updateRun(&state, .key(.control("c"))) }
    return signal
  }

  private func action(for key: Key, _ size: ScreenSize) -> RunAction {
    switch key {
    case .resize: .resized(size)
    case .appearance(let appearance): .appearanceFound(appearance)
    default: .key(key)
    }
  }

  private mutating func take(_ message: RunMessage) {
    switch message {
    case .action(let action): updateRun(&state, action)
    case .opened: break
    case .ended(let failure):
      isRunning = false
      updateRun(&state, .phase(nil))
      if let failure { updateRun(&state, .message(failure.sentence)) }
    }
  }

  /// - Returns: The run, and everything told so far.
  private static func begin(
    _ session: RunSession, _ mailbox: Mailbox<RunMessage>, _ listener: RunListener
  ) throws -> (run: TrainingRun, told: [RunMessage]) {
    DispatchQueue(label: "run").async {
      do {
        try session.watch { event in
          let isTaken = listener.take(event)
          if case .opened(let fileName, let atlas) = event, !isTaken {
            mailbox.post(.opened(fileName: fileName, atlas))
          } else if let action = RunAction(event) {
            mailbox.post(.action(action))
          }
        }
        mailbox.post(.ended(nil))
      } catch {
        mailbox.post(.ended(CommandFailure(error)))
      }
    }
    var told: [RunMessage] = []
    while true {
      mailbox.wait(milliseconds: -1)
      told += mailbox.drain()
      for message in told {
        switch message {
        case .action(.updated(let known)): return (known, told)
        case .action, .opened: break
        case .ended(let failure): throw failure ?? CommandFailure("the run was not read.")
        }
      }
    }
  }
}

/// Hands what a session tells to the explorer while one is open.
private final class RunListener: Sendable {
  private let feed = Mutex<CheckpointFeed?>(nil)

  func set(_ feed: CheckpointFeed?) { self.feed.withLock { $0 = feed } }

  /// - Returns: Whether an explorer is open.
  func take(_ event: RunEvent) -> Bool {
    guard let feed = feed.withLock({ $0 }) else { return false }
    feed.take(event)
    return true
  }
}

extension RunAction {
  /// What an event means to the run screen.
  init?(_ event: RunEvent) {
    switch event {
    case .updated(let run): self = .updated(run)
    case .phase(let name): self = .phase(name)
    case .watching(let how): self = .watching(how)
    case .failed(let sentence): self = .message(sentence)
    case .unavailable(let fileName, let reason):
      self = .unavailable(fileName: fileName, reason: reason)
    case .opened: return nil
    }
  }
}

extension RunSession {
  /// Runs on a thread beside this one, which heeds signals: they end it. A terminal is told what is
  /// being done.
  ///
  /// - Throws: What went wrong, or which signal came: what was measured until then is not the run.
  func runHeedingSignals() throws -> TrainingRun {
    let reporter = TextReporter(summarizes: false)
    defer { reporter.clear() }
    let mailbox = try Mailbox<Result<TrainingRun, CommandFailure>>()
    let stopping = Mutex<Int32?>(nil)
    let signals = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { number in
      stopping.withLock { $0 = $0 ?? number }
      self.cancel()
    }
    defer { withExtendedLifetime(signals) {} }
    DispatchQueue(label: "run").async {
      do {
        mailbox.post(
          .success(
            try self.run { event in
              if case .phase(let name?) = event { reporter.phase(name) }
            }))
      } catch {
        mailbox.post(.failure(CommandFailure(error)))
      }
    }
    while true {
      mailbox.wait(milliseconds: -1)
      guard let result = mailbox.drain().last else { continue }
      if let signal = stopping.withLock({ $0 }) {
        throw CommandFailure(
          "\(SignalWatch.name(signal)) before everything was measured; nothing was printed.",
          status: ExitStatus.signal(signal))
      }
      return try result.get()
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
