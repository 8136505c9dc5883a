import Canvas
import Testing

@testable import Explorer

struct SpokenScreenTests {
  @Test func `the line of the cursor is what the screen says of it`() {
    let state = settledState(after: "l l l enter l j")
    let said = spoken(state)
    #expect(said.header.hasPrefix("planted.onnx"))
    #expect(said.cursor.hasPrefix("layer screen, neurons by classes at reduce:"))
    #expect(said.message == nil && said.question == nil)
  }

  @Test(arguments: ["", "enter", "enter enter", "enter enter enter tab", "c", "c d", "f", "W"])
  func `every screen says where the cursor is`(script: String) {
    let said = spoken(settledState(after: script))
    #expect(said.cursor.contains(" screen") && said.cursor.contains(": "))
  }

  @Test func `what is being asked is said`() {
    #expect(spoken(settledState(after: ": 'recluster' enter")).question == nil)
    let state = settledState(after: "enter : 'recluster' enter")
    #expect(spoken(state).question == "recluster CLUSTERS")
    #expect(spoken(settledState(after: "enter M a '")).question?.contains("a layer") == true)
  }
}
