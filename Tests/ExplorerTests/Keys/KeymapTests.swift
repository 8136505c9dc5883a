import Canvas
import Testing

@testable import Explorer

struct KeymapTests {
  @Test(arguments: ExplorerView.allCases)
  func `no key means two things on a screen`(view: ExplorerView) {
    let keys = Keymap.bindings.filter { $0.applies(in: view) }.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func `every command is in the table once, with help`() {
    #expect(
      Keymap.bindings.map(\.command).sorted { $0.rawValue < $1.rawValue }
        == Command.allCases.sorted { $0.rawValue < $1.rawValue })
    #expect(Keymap.bindings.allSatisfy { !$0.help.isEmpty })
  }

  @Test func `quit is on q and control-C and nothing else is on q`() {
    for view in ExplorerView.allCases {
      #expect(Keymap.command(for: .character("q"), in: view) == .back)
      #expect(Keymap.command(for: .control("c"), in: view) == .quitAtOnce)
    }
  }

  @Test func `help lists every key of the screen`() {
    let text = frame(settledState(height: 60, width: 100, after: "?")).text()
    for binding in Keymap.bindings where binding.applies(in: .network) {
      #expect(text.contains(binding.command.rawValue))
    }
  }

  @Test func `the palette runs a command by name`() {
    var state = settledState(after: ": 'classes' enter")
    #expect(state.view == .classes)
    play(": 'nosuch' enter", on: &state)
    #expect(state.message?.contains("no command") == true)
  }
}
