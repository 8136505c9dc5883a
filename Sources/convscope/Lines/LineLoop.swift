import Canvas
import Explorer
import Terminal

/// The explorer as lines of text: commands come in a line each, answers go out in lines. For screen
/// readers, for terminals that cannot move their cursor, and for scripts.
struct LineLoop {
  private var loop: Loop
  private var writer: LineWriter
  private let hasAnalysis: Bool
  private var lines: [String] = []
  private var hasInputEnded = false
  /// No lines are taken until what was asked for is done.
  private var isHeld = false
  private var lastView: ExplorerView?
  private var lastMessage: String?

  /// - Parameter hasAnalysis: Whether images run in the background.
  init(_ loop: Loop, writer: LineWriter, hasAnalysis: Bool) {
    self.loop = loop
    self.writer = writer
    self.hasAnalysis = hasAnalysis
  }

  /// - Returns: The loop with how the analysis ended, and the signal that ended the visit.
  consuming func run(_ state: inout ExplorerState) -> (loop: Loop, signal: Int32?) {
    writer.say(spoken(state).header)
    writer.say("Type help and Enter for what can be asked; quit! ends.")
    tell(&state)
    while !state.hasQuit {
      loop.mailbox.wait(milliseconds: -1)
      for message in loop.mailbox.drain() {
        switch message {
        case .typed(let line): lines.append(line)
        case .inputEnded: hasInputEnded = true
        case .signal(let number): return (loop, number)
        default: take(message, &state)
        }
      }
      takeLines(&state)
      if hasInputEnded, lines.isEmpty { break }
    }
    return (loop, nil)
  }

  private mutating func take(_ message: LoopMessage, _ state: inout ExplorerState) {
    loop.take(message, &state)
    copyAll(&state)
    if case .ended(.success(.some)) = message {
      writer.say("all images ran: \(spoken(state).header)")
    }
    if let failure = state.progress?.failure, case .ended = message { writer.say(failure) }
    tellMessage(&state)
  }

  private mutating func takeLines(_ state: inout ExplorerState) {
    while !lines.isEmpty, !state.hasQuit {
      if isHeld, state.isWaiting || hasAnalysis && loop.analysis == nil { return }
      isHeld = false
      answer(LineInput(lines.removeFirst()), &state)
    }
  }

  private mutating func answer(_ input: LineInput, _ state: inout ExplorerState) {
    switch input {
    case .whereAmI: writer.say(spoken(state).cursor)
    case .read: writer.read(describe(state))
    case .more: writer.more()
    case .help: writer.help(state.usableBindings)
    case .status: writer.say(spoken(state).header)
    case .wait: isHeld = true
    case .unknown(let word): writer.say("“\(word)” is no command and no key; help lists them")
    case .command(let text): type(.palette, text, &state)
    case .search(let text): type(.search, text, &state)
    case .keys(let keys):
      act(&state) { loop, state in
        for key in keys where !state.hasQuit { loop.apply(.key(key), &state) }
      }
    }
  }

  private mutating func type(_ command: Command, _ text: String, _ state: inout ExplorerState) {
    act(&state) { loop, state in
      loop.apply(.command(command), &state)
      for scalar in text.unicodeScalars { loop.apply(.key(.character(scalar)), &state) }
      loop.apply(.key(.enter), &state)
    }
  }

  /// Does something and tells what it led to.
  private mutating func act(
    _ state: inout ExplorerState, _ body: (inout Loop, inout ExplorerState) -> Void
  ) {
    lastMessage = nil
    body(&loop, &state)
    copyAll(&state)
    guard !state.hasQuit else { return }
    if let question = spoken(state).question {
      writer.say("this wants more: \(question)")
      loop.apply(.key(.escape), &state)
    }
    tell(&state)
  }

  private mutating func copyAll(_ state: inout ExplorerState) {
    loop.copyAll(&state) { _ in .unsupported }
  }

  private mutating func tell(_ state: inout ExplorerState) {
    tellMessage(&state)
    if state.view != lastView {
      lastView = state.view
      writer.introduce(describe(state))
    }
    writer.say(spoken(state).cursor)
  }

  private mutating func tellMessage(_ state: inout ExplorerState) {
    for notice in state.takeNotices() { writer.say(notice) }
    guard let message = spoken(state).message, message != lastMessage else { return }
    lastMessage = message
    writer.say(message)
  }
}
