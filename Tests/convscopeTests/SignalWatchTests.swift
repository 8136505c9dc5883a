import Glibc
import Testing

@testable import convscope

struct SignalWatchTests {
  @Test func `a signal does afterwards what it did before`() throws {
    let mailbox = try Mailbox<Int32>()
    do {
      let watch = SignalWatch([SIGURG, SIGWINCH]) { mailbox.post($0) }
      kill(getpid(), SIGURG)
      mailbox.wait(milliseconds: 10_000)
      #expect(mailbox.drain() == [SIGURG])
      withExtendedLifetime(watch) {}
    }
    // Nothing else of this process minds them: their default is to be passed over.
    #expect(signal(SIGURG, SIG_DFL) == nil)
    #expect(signal(SIGWINCH, SIG_DFL) == nil)
  }
}
