import Atlases
import Canvas
import Explorer
import Testing

@testable import convscope

struct WorkshopTests {
  @Test func `the newest request is answered to the end`() throws {
    let mailbox = try Mailbox<LoopMessage>()
    let workshop = Workshop(mailbox: mailbox)
    let state = ExplorerState(
      atlas: emptyAtlas(name: "nothing.onnx"),
      context: RenderContext(size: ScreenSize(height: 24, width: 80)))
    for number in 1...20 { workshop.start(state, number: number) }
    var isAnswered = false
    for _ in 0..<200 where !isAnswered {
      mailbox.wait(milliseconds: 50)
      for case .action(.workedOut(_, 20, isComplete: true)) in mailbox.drain() {
        isAnswered = true
      }
    }
    #expect(isAnswered)
  }
}
