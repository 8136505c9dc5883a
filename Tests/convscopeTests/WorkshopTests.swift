import Atlases
import Canvas
import Explorer
import Testing

@testable import convscope

struct WorkshopTests {
  @Test func `looking ahead answers no request a second time, and holds none up`() throws {
    let mailbox = try Mailbox<LoopMessage>()
    let workshop = Workshop(mailbox: mailbox)
    let state = ExplorerState(
      atlas: emptyAtlas(name: "nothing.onnx"),
      context: RenderContext(size: ScreenSize(height: 24, width: 80)))
    workshop.lookAhead()
    workshop.start(state, number: 1)
    mailbox.wait(milliseconds: 5000)
    workshop.lookAhead()
    workshop.lookAhead()
    workshop.start(state, number: 2)
    var answered: [Int] = []
    while answered.last != 2 {
      mailbox.wait(milliseconds: 5000)
      for case .action(.workedOut(_, let number, isComplete: true)) in mailbox.drain() {
        answered.append(number)
      }
    }
    // An empty network has nothing ahead.
    #expect(answered == [1, 2])
  }

  @Test func `what is asked for is worked out though a key is waited for`() throws {
    let mailbox = try Mailbox<LoopMessage>()
    let workshop = Workshop(mailbox: mailbox)
    let state = ExplorerState(
      atlas: emptyAtlas(name: "nothing.onnx"),
      context: RenderContext(size: ScreenSize(height: 24, width: 80)))
    workshop.hold()
    workshop.start(state, number: 1)
    workshop.hold()
    var isAnswered = false
    for _ in 0..<200 where !isAnswered {
      mailbox.wait(milliseconds: 50)
      for case .action(.workedOut(_, 1, isComplete: true)) in mailbox.drain() { isAnswered = true }
    }
    #expect(isAnswered)
  }

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
