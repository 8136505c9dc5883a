import Atlases
import CHeap
import Canvas
import Dispatch
import Explorer
import FoundationEssentials
import Glibc
import Pipeline
import Tensors
import Terminal

/// One visit to the explorer in a terminal, from taking the terminal to giving it back.
struct ExplorerRun {
  var subject: Subject
  var mailbox: Mailbox<LoopMessage>
  var settings: VisitSettings
  /// Where to write what frames cost.
  var tracePath: String?
  /// The analysis in the background, paused until the terminal is taken.
  var feed: AnalysisFeed?
  /// Runs an atlas' images; that of `feed` where there is one.
  var engine: EngineFeed?
  /// Model and images that may be those of the atlas, looked at once the terminal is taken.
  var binding: AtlasBinding?
  /// Where edits are kept for the next visit.
  var sessions: SessionStore?
  /// Keys that play by themselves once all images ran.
  var tour: TourPlayer?

  /// Returns when the user quit; a signal ends the process, after saving.
  func run() throws {
    settings.warn()
    var loop = Loop(
      mailbox: mailbox,
      runner: EffectRunner(
        pictures: subject.pictures, mailbox: mailbox, sessions: sessions,
        engine: feed?.engine ?? engine),
      copier: Copier(environment: ProcessInfo.processInfo.environment),
      trace: tracePath.map(FrameTrace.init))
    let signal = try settings.isAccessible ? inLines(&loop) : inTerminal(&loop)
    try loop.trace?.write()
    try leave(signal, &loop)
  }

  /// - Returns: The signal that ended the visit.
  private func inTerminal(_ loop: inout Loop) throws -> Int32? {
    var screen = try NcursesTerminal(settings.terminal)
    keepFrameBlocks()
    feed?.proceed()
    bind()
    addWeights()
    var state = ExplorerState(
      atlas: subject.atlas, context: settings.context(of: screen), keymap: settings.keymap)
    for notice in [subject.notice, screen.notice, settings.notice].compactMap(\.self) {
      mailbox.post(.action(.notice(notice)))
    }
    loop.apply(.resized(screen.size), &state)
    loop.tour = tour
    if feed == nil { loop.startTour() }
    let signal = loop.run(&screen, &state)
    keep(state)
    return signal
  }

  /// What a frame takes is freed and asked for again by the next one: up to 4 MiB of it stay, where the
  /// system would have to give and clear their pages for every key.
  private func keepFrameBlocks() {
    mallopt(M_TRIM_THRESHOLD, 4 << 20)
  }

  /// The explorer as lines, with no terminal taken.
  private func inLines(_ loop: inout Loop) throws -> Int32? {
    feed?.proceed()
    bind()
    addWeights()
    let glyphs = settings.lineGlyphs
    let theme = Theme(tier: DisplayTier(colors: .mono, glyphs: glyphs))
    var state = ExplorerState(
      atlas: subject.atlas,
      context: RenderContext(size: ScreenSize(height: 60, width: 240), theme: theme),
      keymap: settings.keymap)
    if let notice = subject.notice { mailbox.post(.action(.notice(notice))) }
    loop.apply(.resized(state.context.size), &state)
    let signals = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { [mailbox] in mailbox.post(.signal($0)) }
    defer { withExtendedLifetime(signals) {} }
    TypedLines().start(mailbox)
    let lines = LineLoop(
      loop, writer: LineWriter(glyphs: glyphs) { Standard.output.write($0) },
      hasAnalysis: feed != nil)
    let (ended, signal) = lines.run(&state)
    loop = ended
    keep(state)
    return signal
  }

  private func keep(_ state: ExplorerState) {
    if let session = state.savedSession { sessions?.keep(session) { _ in } }
    sessions?.finish()
  }

  private func bind() {
    guard let engine, let binding else { return }
    binding.start(engine, mailbox)
  }

  /// Reads a model's weights beside the loop: the first frame does not wait for them.
  private func addWeights() {
    guard let reading = subject.reading else { return }
    DispatchQueue(label: "weights", qos: .userInitiated).async { [mailbox] in
      mailbox.post(.action(.atlasRefreshed(reading.whole())))
    }
  }

  /// Waits until what was analysed is kept, and says so.
  private func leave(_ signal: Int32?, _ loop: inout Loop) throws {
    engine?.end()
    if let feed {
      feed.engine.end()
      let isRunning = loop.analysis == nil
      feed.session.cancel()
      while loop.analysis == nil {
        mailbox.wait(milliseconds: -1)
        loop.takeRest()
      }
      if isRunning || signal != nil { tell(loop.analysis, signal) }
    }
    if let signal { TerminalSignals.endProcess(by: signal) }
  }

  private func tell(_ end: Result<AnalysisOutcome?, CommandFailure>?, _ signal: Int32?) {
    let how = signal.map { SignalWatch.name($0) + ": " } ?? ""
    switch end {
    case .success(let outcome?) where !outcome.isComplete:
      let facts = outcome.atlas.provenance
      let done = NumberText.grouped(facts.analyzedImageCount)
      let planned = NumberText.counted(facts.plannedImageCount, "image")
      let kept = outcome.path != nil ? "are kept; the same command goes on" : "were not kept"
      say("\(how)\(done) of \(planned) \(kept).")
    case .failure(let failure): say("\(how)\(failure.sentence)")
    default: if signal != nil { say("\(how)everything analysed is kept.") }
    }
  }

  private func say(_ sentence: String) { Standard.error.write("convscope: \(sentence)\n") }
}
