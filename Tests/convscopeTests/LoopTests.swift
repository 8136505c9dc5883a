import Atlases
import Canvas
import Explorer
import Glibc
import Networks
import Terminal
import Testing

@testable import convscope

/// A screen that types a script, one step a wait, and remembers the frames.
struct ScriptedScreen: ~Copyable, ExplorerScreen {
  enum Step {
    case keys([Key])
    case resize(ScreenSize)
    case signal(Int32)
    /// An Esc that may begin another key.
    case undecidedEscape
    /// Something happens elsewhere.
    case meanwhile(() -> Void)
    /// Waits as long as the loop wants.
    case rest
    /// Waits for the mailbox, as a person who watches does.
    case watch
    /// Waits as long as the loop wants, at most so many milliseconds.
    case atMost(Int)
  }

  var size = ScreenSize(height: 24, width: 80)
  let colorTier = ColorTier.mono
  let glyphTier = GlyphTier.ascii
  private(set) var pendingSignal: Int32?
  private(set) var frames: [CellGrid] = []
  private var steps: [Step]
  private var typed: [Key] = []

  init(_ steps: [Step]) { self.steps = steps }

  var savesBytes = false
  /// Whether frames have more pictures than a move may bring.
  var hasPictures = false
  var isFoundSlow = false
  private(set) var isUnfinished = false
  private(set) var mayBeEscape = false
  private(set) var isInFull: [Bool] = []
  /// What the loop wanted to wait at each rest; negative for ever.
  private(set) var waits: [Int] = []

  private(set) var foreseen: [CellGrid] = []

  mutating func foresee(_ frame: CellGrid) { foreseen.append(frame) }

  mutating func present(_ frame: CellGrid) { present(frame, inFull: true) }

  mutating func present(_ frame: CellGrid, inFull: Bool) {
    frames.append(frame)
    isInFull.append(inFull)
    isUnfinished = (savesBytes || hasPictures) && !inFull
  }

  mutating func waitForInput(or descriptor: Int32, milliseconds: Int) {
    guard !steps.isEmpty else { return pendingSignal = 15 }
    mayBeEscape = false
    switch steps.removeFirst() {
    case .keys(let keys): typed = keys
    case .resize(let new):
      size = new
      typed = [.resize]
    case .signal(let number): pendingSignal = number
    case .undecidedEscape: mayBeEscape = true
    case .meanwhile(let act): act()
    case .watch: break
    case .rest:
      waits.append(milliseconds)
      if milliseconds > 0 { usleep(UInt32(milliseconds) * 1000) }
    case .atMost(let most):
      usleep(UInt32(milliseconds < 0 ? most : min(most, milliseconds)) * 1000)
    }
  }

  private(set) var clipboard: [String] = []

  mutating func copy(_ text: String) -> ClipboardOutcome {
    guard text.utf8.count < 100 else { return .tooLong }
    clipboard.append(text)
    return .sent
  }

  mutating func readKeys() -> [Key] {
    defer { typed = [] }
    return typed
  }
}

struct LoopTests {
  private let mailbox: Mailbox<LoopMessage>

  init() throws { mailbox = try Mailbox<LoopMessage>() }

  private func makeLoop() -> Loop {
    let store = PictureStore(atlas: nil, dataPath: nil)
    return Loop(
      mailbox: mailbox,
      runner: EffectRunner(pictures: store, mailbox: mailbox, sessions: nil))
  }

  private func makeState() -> ExplorerState {
    ExplorerState(
      atlas: emptyAtlas(name: "nothing.onnx"),
      context: RenderContext(size: ScreenSize(height: 24, width: 80)))
  }

  @Test func `q ends it without a signal`() {
    var (loop, state) = (makeLoop(), makeState())
    var screen = ScriptedScreen([.keys([.character("q")])])
    #expect(loop.run(&screen, &state) == nil)
    #expect(state.hasQuit)
    #expect(screen.frames.count == 1)
  }

  @Test func `a signal ends it with its number`() {
    var (loop, state) = (makeLoop(), makeState())
    var screen = ScriptedScreen([.keys([.character("?")]), .signal(1)])
    #expect(loop.run(&screen, &state) == 1)
    #expect(!state.hasQuit)
  }

  @Test func `keys that arrive together cost one frame`() {
    var (loop, state) = (makeLoop(), makeState())
    let keys = Array(repeating: Key.character("j"), count: 500)
    var screen = ScriptedScreen([.keys(keys), .keys([.control("c")])])
    _ = loop.run(&screen, &state)
    #expect(screen.frames.count == 2)
  }

  @Test func `keys after the one that quits are not seen`() {
    var (loop, state) = (makeLoop(), makeState())
    var screen = ScriptedScreen([.keys([.control("c"), .character("?")])])
    #expect(loop.run(&screen, &state) == nil)
  }

  @Test func `a new size draws a frame of that size`() {
    var (loop, state) = (makeLoop(), makeState())
    var screen = ScriptedScreen([.resize(ScreenSize(height: 5, width: 20)), .signal(15)])
    _ = loop.run(&screen, &state)
    #expect(screen.frames.map(\.width) == [80, 20])
    #expect(screen.frames.map(\.height) == [24, 5])
  }

  @Test func `news redraw at most twenty times a second`() {
    var (loop, state) = (makeLoop(), makeState())
    for number in 0..<50 { mailbox.post(.action(.message("news \(number)"))) }
    var screen = ScriptedScreen(
      Array(repeating: .watch, count: 1000) + [.keys([.control("c")])])
    let clock = ContinuousClock()
    let time = clock.measure { _ = loop.run(&screen, &state) }
    #expect(screen.frames.count <= 2 + Int(time / .milliseconds(50)))
  }

  @Test func `only the newest atlas and progress wait`() {
    let first = LoopMessage.action(.atlasRefreshed(emptyAtlas(name: "a")))
    let second = LoopMessage.action(.atlasRefreshed(emptyAtlas(name: "b")))
    let message = LoopMessage.action(.message("stays"))
    #expect(first.isReplaced(by: second))
    #expect(!message.isReplaced(by: second) && !message.isReplaced(by: message))
  }

  @Test func `pictures left out are painted once keys rest`() {
    var (loop, state) = (makeLoop(), makeState())
    let idle = Array(repeating: ScriptedScreen.Step.rest, count: 3)
    var screen = ScriptedScreen([.keys([.character("j")])] + idle + [.signal(15)])
    screen.savesBytes = true
    _ = loop.run(&screen, &state)
    #expect(screen.isInFull == [true, false, true])
  }

  @Test func `a held key sends no pictures, and resting sends them once`() {
    var (loop, state) = (makeLoop(), makeState())
    let held = (0..<6).flatMap { _ in
      [ScriptedScreen.Step.keys([.character("j")]), .atMost(1)]
    }
    let idle = Array(repeating: ScriptedScreen.Step.rest, count: 3)
    var screen = ScriptedScreen(held + idle + [.signal(15)])
    screen.hasPictures = true
    _ = loop.run(&screen, &state)
    #expect(screen.isInFull == [true] + Array(repeating: false, count: 6) + [true])
    #expect(screen.waits.last == -1, "nothing is waited for with nothing to do")
  }

  @Test func `another screen, size or repainting has its pictures at once`() {
    for step in [
      ScriptedScreen.Step.keys([.character("c")]), .keys([.character("?")]),
      .keys([.character("j"), .character("2")]), .keys([.resize]),
      .resize(ScreenSize(height: 30, width: 90)),
    ] {
      var (loop, state) = (makeLoop(), makeState())
      var screen = ScriptedScreen([.keys([.character("j")]), step, .rest, .signal(15)])
      screen.hasPictures = true
      _ = loop.run(&screen, &state)
      #expect(screen.isInFull == [true, false, true])
      #expect(screen.frames.last?.width == screen.size.width)
    }
  }

  @Test func `news neither lose nor delay the pictures of a move`() {
    var (loop, state) = (makeLoop(), makeState())
    let news = (0..<40).flatMap { number in
      [
        ScriptedScreen.Step.meanwhile { mailbox.post(.action(.notice("news \(number)"))) },
        .atMost(4),
      ]
    }
    var screen = ScriptedScreen([.keys([.character("j")])] + news + [.signal(15)])
    screen.hasPictures = true
    let clock = ContinuousClock()
    let time = clock.measure { _ = loop.run(&screen, &state) }
    #expect(screen.isInFull.prefix(3) == [true, false, true], "after \(time)")
    #expect(screen.isInFull.dropFirst(2).allSatisfy { $0 })
  }

  @Test func `what Esc leads to is made ready while it waits, and dropped where it was none`() {
    for isEscape in [true, false] {
      var (loop, state) = (makeLoop(), makeState())
      let then: [Key] = isEscape ? [.escape] : [.down]
      var screen = ScriptedScreen([
        .keys([.character("?")]), .undecidedEscape, .keys(then), .signal(15),
      ])
      _ = loop.run(&screen, &state)
      let frames = screen.frames.map { $0.text() }
      #expect(frames.count == 3 && frames[1] != frames[0])
      #expect(screen.foreseen.map { $0.text() } == [frames[0]])
      #expect((frames[2] == frames[0]) == isEscape)
    }
  }

  @Test func `news while Esc waits are not lost`() {
    var (loop, state) = (makeLoop(), makeState())
    let news = LoopMessage.action(.progress(Explorer.AnalysisProgress(done: 3, planned: 9)))
    var screen = ScriptedScreen([
      .keys([.character("?")]), .undecidedEscape, .meanwhile { mailbox.post(news) },
      .keys([.escape]), .signal(15),
    ])
    _ = loop.run(&screen, &state)
    #expect(state.progress?.done == 3)
    #expect(screen.foreseen.count == 1 && screen.frames.last != screen.foreseen.last)
  }

  @Test func `a link found slow is told once`() {
    var (loop, state) = (makeLoop(), makeState())
    var screen = ScriptedScreen([.rest, .rest, .keys([.character("j")]), .signal(15)])
    screen.isFoundSlow = true
    _ = loop.run(&screen, &state)
    #expect(screen.frames.contains { $0.text().contains("the connection is slow") })
    #expect(screen.frames.last?.text().contains("the connection is slow") == false)
  }

  @Test func `what cannot be copied is not offered to the screen`() {
    var (loop, state) = (makeLoop(), makeState())
    let keys = ":copy table".unicodeScalars.map { Key.character($0) }
    var screen = ScriptedScreen([.keys(keys + [.enter]), .keys([.control("c")])])
    _ = loop.run(&screen, &state)
    #expect(screen.clipboard.isEmpty)
    #expect(screen.frames.last?.text().contains("there is no table to copy here") == true)
  }

  @Test func `a failed analysis does not end it`() {
    var (loop, state) = (makeLoop(), makeState())
    mailbox.post(.ended(.failure(CommandFailure("The images vanished."))))
    var screen = ScriptedScreen([.watch, .keys([.character("?")]), .keys([.control("c")])])
    #expect(loop.run(&screen, &state) == nil)
    #expect(state.progress?.failure == "The images vanished.")
  }
}

/// A network without layers.
func emptyAtlas(name: String) -> Atlas {
  Atlas(
    provenance: Provenance(
      modelHash: "", datasetHash: "", preprocessing: nil, outputNames: [],
      outputNamesEvidence: .assumed, seed: 1, analyzedImageCount: 0, plannedImageCount: 0,
      unreadableImages: [], unreadableImageCount: 0, engine: "", convscopeVersion: "",
      shard: ShardNumber(index: 1, count: 1)),
    network: Network(
      name: name, inputs: [], outputs: [], layers: [], edges: [], stages: [],
      operatorCounts: [], parameterCount: 0,
      format: ModelFormatFacts(
        format: "ONNX", irVersion: 8, opsets: [], producer: "", fileByteCount: 0,
        externalData: false),
      notes: []),
    layers: [], dataset: nil, classification: nil)
}
