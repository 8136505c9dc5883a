import Canvas
import CNcurses
import CTerminalSignals
import Glibc

/// Owns the terminal; it is given back when the value's lifetime ends, when the process exits,
/// and when a signal ends it. One at a time.
package struct NcursesTerminal: ~Copyable, Screen {
  package private(set) var size: ScreenSize
  package let colorTier: ColorTier
  package let glyphTier: GlyphTier
  /// One sentence about something unexpected, such as an unknown terminal type.
  package let notice: String?
  /// Whether clicks and the wheel come as keys; see ``setMouse(_:)``.
  package private(set) var usesMouse: Bool
  /// Readable when a signal has arrived: then read keys and look at ``pendingSignal``.
  package let signalDescriptor: Int32

  /// Whether bytes are to be saved with every key, not with moves of the cursor alone.
  package private(set) var savesBytes: Bool
  /// Whether the link was found to be slow.
  package private(set) var isFoundSlow = false
  private let detectsSlowness: Bool
  private let clipboard: ClipboardAccess
  private var output: ScreenOutput
  private let keyboard: Keyboard
  private var decoder: KeyDecoder
  private var hasHungUp = false
  /// Whether the terminal was asked for its background and has not answered.
  private var awaitsBackground = false
  private let clockStart = ContinuousClock.now

  /// Takes the terminal of standard input and output.
  ///
  /// Call it before other threads start: it sets environment variables for a moment.
  package init(
    _ options: TerminalOptions = TerminalOptions(),
    environment: TerminalEnvironment = .current()
  ) throws(TerminalError) {
    let opened = try OpenedScreen.open(options, environment)
    signalDescriptor = opened.signalDescriptor
    colorTier = opened.colors.tier
    glyphTier = opened.glyphTier
    notice = opened.notice
    clipboard = environment.clipboard
    savesBytes = options.savesBytes ?? false
    detectsSlowness = options.savesBytes == nil
    output = ScreenOutput(
      opened, drawsWithNcurses: options.drawsWithNcurses, erasesInColor: environment.erasesInColor)
    keyboard = Keyboard()
    decoder = KeyDecoder(escapeWait: .milliseconds(options.escapeWait))
    size = OpenedScreen.measuredSize() ?? ScreenSize(height: 24, width: 80)
    usesMouse = options.usesMouse
    ScreenSequences.current(usesMouse: usesMouse).install()
    unsafe wrefresh(cn_screen())
    ts_activate()
    if usesMouse { writeToTerminal(ScreenSequences.mouseOn) }
    // What has no clipboard swallows or prints such sequences.
    guard options.asksForBackground, clipboard != .absent, colorTier != .mono else { return }
    writeToTerminal(BackgroundAnswer.question)
    awaitsBackground = true
  }

  deinit {
    if awaitsBackground { NcursesTerminal.dropAnswer() }
    writeToTerminal(ScreenSequences.mouseOff)
    endwin()
    ts_deactivate()
    ts_close()
  }

  /// TERM, HUP, INT or QUIT when one has asked the program to end, or HUP when the terminal is
  /// gone: save and leave the loop, then call ``TerminalSignals/endProcess(by:)``. A second such
  /// signal ends the process at once, with the terminal given back.
  package var pendingSignal: Int32? {
    let signal = ts_pending_signal()
    return signal != 0 ? signal : hasHungUp ? SIGHUP : nil
  }

  package mutating func present(_ frame: CellGrid) { present(frame, inFull: true) }

  /// Shows a frame.
  ///
  /// - Parameter inFull: False shows pictures that would take too many bytes coarsely: then
  ///   ``isUnfinished``.
  package mutating func present(_ frame: CellGrid, inFull: Bool) {
    let (bytes, writing) = output.present(
      frame, budget: inFull ? nil : LinkSpeed.frameBudget)
    guard detectsSlowness, !savesBytes else { return }
    isFoundSlow = LinkSpeed.isSlow(bytes: bytes, in: writing)
    savesBytes = isFoundSlow
  }

  /// Works out what a frame takes that may be the next one.
  package mutating func foresee(_ frame: CellGrid) { output.foresee(frame) }

  /// Whether the last frame shows pictures coarsely, or pictures or edges not yet.
  package var isUnfinished: Bool { output.isUnfinished }

  /// Whether an Esc came last, and it is not known yet whether it is a key or begins another one.
  package var mayBeEscape: Bool { decoder.mayBeEscape }

  /// Waits for a key, a signal, or `descriptor` (none when negative); for ever when the time is
  /// negative. Less where an Esc is undecided.
  package mutating func waitForInput(or descriptor: Int32, milliseconds: Int) {
    var sources = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let limit = Int32(clamping: max(-1, shortened(milliseconds)))
    let ready = unsafe poll(&sources, nfds_t(sources.count), limit)
    let gone = Int16(POLLHUP | POLLERR | POLLNVAL)
    if ready > 0, sources[0].revents & gone != 0 { hasHungUp = true }
  }

  /// Milliseconds to wait, fewer where an Esc is undecided.
  private func shortened(_ milliseconds: Int) -> Int {
    let now = ContinuousClock.now - clockStart
    guard let rest = decoder.timeToDecide(at: now) else { return milliseconds }
    let most = Int(rest / .milliseconds(1))
    return milliseconds < 0 ? most : min(milliseconds, most)
  }

  /// Keys typed since the last call. Ctrl-Z stops the process here; `.resize` follows a new size,
  /// a return from the background, and Ctrl-L, which paints anew what others have written over.
  package mutating func readKeys() -> [Key] {
    var keys = handleEvents()
    let time = ContinuousClock.now - clockStart
    for key in decoder.decode(keyboard.readAll(), at: time) {
      switch key {
      case .control("z"): keys += suspend()
      case .control("l"):
        output.forgetScreen()
        keys.append(.resize)
      default:
        if case .appearance = key { awaitsBackground = false }
        keys.append(key)
      }
    }
    return keys
  }

  /// Turns clicks and the wheel on or off; off, the terminal selects text as usual.
  package mutating func setMouse(_ isOn: Bool) {
    usesMouse = isOn
    writeToTerminal(isOn ? ScreenSequences.mouseOn : ScreenSequences.mouseOff)
    ScreenSequences.current(usesMouse: isOn).install()
  }

  /// Offers text to the clipboard of the person at the terminal; whether it allows that it does
  /// not say.
  package mutating func copy(_ text: String) -> ClipboardOutcome {
    guard clipboard != .absent else { return .unsupported }
    guard let sequence = Clipboard.sequence(copying: text) else { return .tooLong }
    writeToTerminal(sequence)
    return clipboard == .throughTmux ? .sentThroughTmux : .sent
  }

  /// Keeps a late answer out of the shell.
  private static func dropAnswer() {
    var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    if unsafe poll(&source, 1, 50) > 0 { tcflush(STDIN_FILENO, TCIFLUSH) }
  }

  private mutating func suspend() -> [Key] {
    ts_stop()
    return handleEvents()
  }

  private mutating func handleEvents() -> [Key] {
    let events = Int(ts_take_events())
    let hasContinued = events & Int(TS_CONTINUED) != 0
    guard hasContinued || events & Int(TS_RESIZED) != 0 else { return [] }
    if let measured = OpenedScreen.measuredSize(), measured != size {
      size = measured
      resizeterm(Int32(measured.height), Int32(measured.width))
    }
    output.forgetScreen()
    return [.resize]
  }
}
