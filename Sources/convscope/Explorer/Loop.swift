import Canvas
import Explorer
import Pipeline
import Terminal

/// Draws, waits and updates until the user quits or a signal ends it: the one thread that owns
/// the state and the screen.
struct Loop {
  let mailbox: Mailbox<LoopMessage>
  private var runner: EffectRunner
  var trace: FrameTrace?
  /// Starts when the analysis has ended.
  var tour: TourPlayer?
  /// How the analysis ended, once it has.
  private(set) var analysis: Result<AnalysisOutcome?, CommandFailure>?
  private let copier: Copier
  /// Text that waits for the screen to take it.
  private var copies: [CopyRequest] = []

  private var fitted = FittedPictures()

  private let clock = ContinuousClock()
  private var lastFrame: ContinuousClock.Instant
  /// Something changed since the last frame; by a key; so that nothing is lacking any more.
  private var (isDirty, hasTyped, isWhole) = (true, true, false)
  /// What an Esc would lead to, while it is not known whether it is one; nil once it is, or the
  /// state has changed.
  private var prospect: Prospect?
  /// The frame of the state as it is, if it was made ready.
  private var readyFrame: CellGrid?
  /// What a key asked for and its frame does not wait for: begun once that is shown.
  private var later: [ExplorerEffect] = []
  /// Whether frames are drawn at all.
  private var drawsFrames = false
  /// When the first key came that no frame shows yet.
  private var typedAt: ContinuousClock.Instant

  private var pictureRest: PictureRest
  private var hasToldSlow = false
  /// News from the background redraw the screen at most this often; keys redraw at once.
  private static let newsInterval = Duration.milliseconds(50)
  private static let slowNewsInterval = Duration.milliseconds(500)

  /// A frame after a key waits so long for what the screen lacks and is on its way: most come
  /// whole, and none comes late.
  private static let patience = Duration.milliseconds(4)
  /// More pictures than these are not decoded before that time is over.
  private static let mostPromptPictures = 8

  init(
    mailbox: Mailbox<LoopMessage>, runner: EffectRunner, copier: Copier = Copier(),
    trace: FrameTrace? = nil
  ) {
    self.copier = copier
    self.mailbox = mailbox
    self.runner = runner
    self.trace = trace
    lastFrame = clock.now - Self.slowNewsInterval
    typedAt = clock.now
    pictureRest = PictureRest(restedAt: typedAt)
  }

  /// - Returns: The signal that ended the loop, nil when the user quit.
  mutating func run(
    _ screen: inout some ExplorerScreen & ~Copyable, _ state: inout ExplorerState
  ) -> Int32? {
    drawsFrames = true
    while !state.hasQuit {
      drawIfDue(&screen, &state)
      screen.waitForInput(or: mailbox.wakeDescriptor, milliseconds: pause(screen, state))
      takeKeys(&screen, &state)
      if let signal = screen.pendingSignal { return signal }
      for message in mailbox.drain() { take(message, &state) }
      copyAll(&state) { screen.copy($0) }
    }
    return nil
  }

  /// Milliseconds until a frame that waits is due; for ever when none does.
  private func pause(
    _ screen: borrowing some ExplorerScreen & ~Copyable, _ state: ExplorerState
  ) -> Int {
    guard let rest = rest(screen, state) else { return -1 }
    return rest > .zero ? Int(rest / Duration.milliseconds(1)) + 1 : 0
  }

  /// Time until the next frame is due; nil when there is nothing to draw.
  private func rest(
    _ screen: borrowing some ExplorerScreen & ~Copyable, _ state: ExplorerState
  ) -> Duration? {
    let rest =
      screen.isUnfinished
      ? pictureRest.timeLeft(at: clock.now, savesBytes: screen.savesBytes) : nil
    guard isDirty else { return rest }
    let news: Duration =
      if hasTyped {
        state.lacksPieces ? Self.patience - (clock.now - typedAt) : .zero
      } else if let rest, !screen.savesBytes {
        // News of so short a time come with the pictures.
        rest
      } else if isWhole {
        .zero
      } else {
        (screen.savesBytes ? Self.slowNewsInterval : Self.newsInterval) - (clock.now - lastFrame)
      }
    return min(news, rest ?? news)
  }

  private mutating func drawIfDue(
    _ screen: inout some ExplorerScreen & ~Copyable, _ state: inout ExplorerState
  ) {
    guard let rest = rest(screen, state), rest <= .zero else { return }
    let waits = pictureRest.waits(
      at: clock.now, savesBytes: screen.savesBytes, isAnswer: hasTyped)
    screen.present(readyFrame ?? frame(of: state, screen.size), inFull: !waits)
    trace?.framePresented()
    for effect in later { runner.start(effect, for: state) }
    later = []
    runner.frameShown()
    readyFrame = nil
    lastFrame = clock.now
    (isDirty, hasTyped, isWhole) = (false, false, false)
    tellSlowness(screen, &state)
  }

  private mutating func frame(of state: ExplorerState, _ size: ScreenSize) -> CellGrid {
    var frame = CellGrid(height: size.height, width: size.width)
    render(state, into: &frame, with: &fitted)
    return frame
  }

  /// Says once that every key sends few bytes from now on.
  private mutating func tellSlowness(
    _ screen: borrowing some ExplorerScreen & ~Copyable, _ state: inout ExplorerState
  ) {
    guard screen.isFoundSlow, !hasToldSlow else { return }
    hasToldSlow = true
    isDirty = true
    apply(.message("the connection is slow: pictures wait until keys rest"), &state)
  }

  /// Takes all keys that wait, so that a held key never runs ahead of the screen.
  private mutating func takeKeys(
    _ screen: inout some ExplorerScreen & ~Copyable, _ state: inout ExplorerState
  ) {
    let keys = screen.readKeys()
    guard !keys.isEmpty else {
      if screen.mayBeEscape, prospect == nil { lookBeyondEscape(&screen, state) }
      return
    }
    runner.keyArrived()
    trace?.keysArrived()
    // A lone Esc has waited for more already; it is not waited for twice.
    if !hasTyped { typedAt = prospect?.start ?? clock.now }
    let (scene, isPending) = (state.scene, hasTyped)
    (isDirty, hasTyped) = (true, true)
    if keys == [.escape], let prospect {
      enter(prospect, &state)
    } else {
      for key in keys where !state.hasQuit { take(key, screen.size, &state) }
    }
    pictureRest.keysArrived(
      at: clock.now, moved: state.scene == scene && !keys.contains(.resize), isPending: isPending)
  }

  private mutating func take(_ key: Key, _ size: ScreenSize, _ state: inout ExplorerState) {
    switch key {
    case .resize: apply(.resized(size), &state)
    case .appearance(let appearance): apply(.appearanceFound(appearance), &state)
    default: apply(.key(key), &state)
    }
  }

  /// Works out what an Esc leads to in the time that it waits for the rest of another key.
  private mutating func lookBeyondEscape(
    _ screen: inout some ExplorerScreen & ~Copyable, _ state: ExplorerState
  ) {
    runner.keyArrived()
    let start = clock.now
    var state = state
    let effects = update(&state, .key(.escape))
    let frame = frame(of: state, screen.size)
    screen.foresee(frame)
    prospect = Prospect(start: start, state: state, effects: effects, frame: frame)
  }

  private mutating func enter(_ prospect: Prospect, _ state: inout ExplorerState) {
    state = prospect.state
    (self.prospect, readyFrame) = (nil, prospect.frame)
    begin(prospect.effects, state)
  }

  /// Takes what is still in the mailbox, without a screen.
  mutating func takeRest() {
    for case .ended(let end) in mailbox.drain() { note(end) }
  }

  mutating func take(_ message: LoopMessage, _ state: inout ExplorerState) {
    let (wasWaiting, wasOutdated) = (state.lacksPieces, state.isOutdated)
    switch message {
    case .typed, .inputEnded, .signal: break
    case .opened(let atlas): apply(.atlasRefreshed(atlas), &state)
    case .action(let action): apply(action, &state)
    case .imagesFound(let path): runner.useImages(at: path)
    case .ended(let end):
      note(end)
      if case .failure(let failure) = end {
        apply(
          .progress(Explorer.AnalysisProgress(done: 0, planned: 0, failure: failure.sentence)),
          &state)
      }
    }
    isWhole = isWhole || wasWaiting && !state.lacksPieces
    // An edit is waited for, even where it brings no new pieces.
    if case .action(.regrouped) = message, !state.lacksPieces { isWhole = true }
    // What was worked out ahead changes nothing yet.
    if case .action(.workedOut) = message, !wasWaiting, !wasOutdated { return }
    isDirty = true
  }

  /// Lets the tour begin, if there is one.
  mutating func startTour() {
    tour?.start(mailbox)
    tour = nil
  }

  private mutating func note(_ end: Result<AnalysisOutcome?, CommandFailure>) {
    if case .success(nil) = end, analysis != nil { return }
    analysis = end
    startTour()
  }

  mutating func apply(_ action: ExplorerAction, _ state: inout ExplorerState) {
    (prospect, readyFrame) = (nil, nil)
    begin(update(&state, action), state)
  }

  private mutating func begin(_ effects: [ExplorerEffect], _ state: ExplorerState) {
    for effect in effects {
      switch effect {
      case .copy(let request): copies.append(request)
      case .workOut:
        later.removeAll { if case .workOut = $0 { true } else { false } }
        if drawsFrames, !state.lacksPieces, !state.isOutdated {
          later.append(effect)
        } else {
          runner.start(effect, for: state)
        }
      case .loadImages(let images)
      where drawsFrames && hasTyped && images.count > Self.mostPromptPictures:
        later.append(effect)
      default: runner.start(effect, for: state)
      }
    }
  }

  /// Copies what waits.
  ///
  /// - Parameter send: Offers text to a clipboard.
  mutating func copyAll(
    _ state: inout ExplorerState, by send: (String) -> ClipboardOutcome
  ) {
    let waiting = copies
    copies = []
    for request in waiting {
      let answer = copier.copied(request, by: send)
      apply(.message(answer), &state)
    }
  }
}
