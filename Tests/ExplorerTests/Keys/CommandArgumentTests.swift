import Networks
import Testing

@testable import Explorer

struct CommandArgumentTests {
  @Test func `what follows the name is the argument`() {
    #expect(paletteParts("go") == ("go", nil))
    #expect(paletteParts("go ") == ("go", ""))
    #expect(paletteParts("go  conv1:3") == ("go", "conv1:3"))
  }

  @Test func `behind a blank only whole names of commands with arguments are offered`() {
    #expect(settledState(after: "enter").paletteMatches("go x").map(\.command) == [.goTo])
    #expect(settledState(after: "enter").paletteMatches("help x").isEmpty)
  }

  @Test func `a typed address leads there`() {
    var state = settledState()
    play(": 'go' space 'reduce:12' enter", on: &state)
    #expect(state.view == .neuron && state.layer?.name == "reduce")
    #expect(state.selection.neuron == 12)
  }

  @Test func `a missing argument is asked for`() {
    var state = settledState(after: ": 'go' enter")
    #expect(state.prompt?.text == "go ")
    play("'zzz' enter", on: &state)
    #expect(state.prompt == nil && state.message?.contains("zzz") == true)
  }
}
