import Canvas
import Testing

@testable import Explorer

struct KeymapTests {
  @Test(arguments: ExplorerView.allCases)
  func `no key means two things on a screen`(view: ExplorerView) {
    let keys = Keymap.standard.bindings.filter { $0.applies(in: view) }.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func `every command is in the table once, with help`() {
    #expect(
      Keymap.standard.bindings.map(\.command).sorted { $0.rawValue < $1.rawValue }
        == Command.allCases.sorted { $0.rawValue < $1.rawValue })
    #expect(Keymap.standard.bindings.allSatisfy { !$0.help.isEmpty })
  }

  @Test func `a command moves to a key, and takes it from what had it on those screens`() {
    let keymap = Keymap.standard.binding(.splitCluster, to: .character("z"))
    #expect(keymap.command(for: .character("z"), in: .layer) == .splitCluster)
    #expect(keymap.command(for: .character("x"), in: .layer) == nil)
    #expect(keymap.command(for: .character("z"), in: .neuron) == nil)
    let moved = Keymap.standard.binding(.search, to: .character("q"))
    for view in ExplorerView.allCases {
      #expect(moved.command(for: .character("q"), in: view) == .search)
      let keys = moved.bindings.filter { $0.applies(in: view) }.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test func `help, footer and palette show the user's keys`() {
    var state = ExplorerState(
      atlas: PlantedAtlas.make(), context: RenderContext(size: ScreenSize(height: 60, width: 120)),
      keymap: Keymap.standard.binding(.goIn, to: .function(4)))
    _ = update(&state, .key(.function(4)))
    #expect(state.view == .layer)
    #expect(frame(state).text().contains("F4 in"))
  }

  @Test func `quit is on q and control-C and nothing else is on q`() {
    for view in ExplorerView.allCases {
      #expect(Keymap.standard.command(for: .character("q"), in: view) == .back)
      #expect(Keymap.standard.command(for: .control("c"), in: view) == .quitAtOnce)
    }
  }

  @Test func `help lists every key of the screen`() {
    let state = settledState(height: 80, width: 100, after: "?")
    let text = frame(state).text()
    for binding in Keymap.standard.bindings where state.offers(binding) {
      #expect(text.contains(binding.command.rawValue))
    }
  }

  @Test func `the palette runs a command by name`() {
    var state = settledState(after: ": 'classes' enter")
    #expect(state.view == .classes)
    play(": 'nosuch' enter", on: &state)
    #expect(state.message?.contains("no command") == true)
  }

  @Test func `the palette offers steps through a run within one only`() {
    var state = settledState()
    #expect(!state.paletteMatches("").contains { $0.command == .laterCheckpoint })
    state.moment = RunMoment(label: "3", place: 0, count: 2)
    #expect(state.paletteMatches("later").map(\.command) == [.laterCheckpoint])
  }
}
