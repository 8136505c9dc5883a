import Atlases
import Canvas
import Explorer
import Testing

@testable import convscope

struct WorkshopTests {
  private let mailbox: Mailbox<LoopMessage>
  private let workshop: Workshop
  private let state = ExplorerState(
    atlas: emptyAtlas(name: "nothing.onnx"),
    context: RenderContext(size: ScreenSize(height: 24, width: 80)))

  init() throws {
    mailbox = try Mailbox<LoopMessage>()
    workshop = Workshop(mailbox: mailbox)
  }

  private func isAnswered(_ wanted: Int) -> Bool {
    for _ in 0..<200 {
      mailbox.wait(milliseconds: 50)
      for case .action(.workedOut(_, wanted, isComplete: true)) in mailbox.drain() { return true }
    }
    return false
  }

  @Test func `looking ahead answers no request a second time, and holds none up`() throws {
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
    workshop.hold()
    workshop.start(state, number: 1)
    workshop.hold()
    #expect(isAnswered(1))
  }

  @Test func `the newest request is answered to the end`() throws {
    for number in 1...20 { workshop.start(state, number: number) }
    #expect(isAnswered(20))
  }
}
