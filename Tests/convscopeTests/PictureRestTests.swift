import Testing

@testable import convscope

struct PictureRestTests {
  private let start = ContinuousClock.now

  private func time(_ milliseconds: Int) -> ContinuousClock.Instant {
    start + .milliseconds(milliseconds)
  }

  @Test func `nothing waits before the first key`() {
    let rest = PictureRest(restedAt: start)
    for savesBytes in [false, true] {
      #expect(!rest.waits(at: start, savesBytes: savesBytes, isAnswer: true))
    }
  }

  @Test func `the answer to a move waits however long it took, later frames do not`() {
    var rest = PictureRest(restedAt: start)
    rest.keysArrived(at: start, moved: true, isPending: false)
    #expect(rest.waits(at: time(300), savesBytes: false, isAnswer: true))
    #expect(rest.waits(at: time(30), savesBytes: false, isAnswer: false))
    #expect(!rest.waits(at: time(60), savesBytes: false, isAnswer: false))
    #expect(rest.waits(at: time(60), savesBytes: true, isAnswer: false))
    #expect(rest.timeLeft(at: time(0), savesBytes: false) == PictureRest.afterMove)
  }

  @Test func `a key that did more than move counts until its frame is shown`() {
    var rest = PictureRest(restedAt: start)
    rest.keysArrived(at: start, moved: false, isPending: false)
    #expect(!rest.waits(at: time(1), savesBytes: false, isAnswer: true))
    #expect(rest.waits(at: time(1), savesBytes: true, isAnswer: true))
    rest.keysArrived(at: time(2), moved: true, isPending: true)
    #expect(!rest.waits(at: time(3), savesBytes: false, isAnswer: true))
    rest.keysArrived(at: time(4), moved: true, isPending: false)
    #expect(rest.waits(at: time(5), savesBytes: false, isAnswer: true))
  }

  @Test func `keys held at 25 a second never rest`() {
    var rest = PictureRest(restedAt: start)
    for key in 0..<20 {
      rest.keysArrived(at: time(key * 40), moved: true, isPending: false)
      #expect(rest.timeLeft(at: time(key * 40 + 40), savesBytes: false) > .zero)
    }
  }
}
