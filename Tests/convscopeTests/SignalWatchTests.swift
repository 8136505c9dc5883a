import Glibc
import Testing

@testable import convscope

/// With signals that nothing else minds: their default is to be passed over.
@Suite(.serialized)
struct SignalWatchTests {
  /// What comes of sending `sent` while `watched` are watched.
  private func heard(_ watched: [Int32], sending sent: [Int32]) throws -> [Int32] {
    let mailbox = try Mailbox<Int32>()
    let watch = SignalWatch(watched) { mailbox.post($0) }
    defer { withExtendedLifetime(watch) {} }
    for number in sent { kill(getpid(), number) }
    mailbox.wait(milliseconds: 10_000)
    return mailbox.drain()
  }

  @Test func `a signal is heard by one watch after another`() throws {
    for _ in 0..<5 {
      #expect(try heard([SIGWINCH, SIGURG], sending: [SIGURG]) == [SIGURG])
      #expect(try heard([SIGWINCH, SIGURG], sending: [SIGWINCH]) == [SIGWINCH])
    }
  }

  @Test func `a signal does afterwards what it did before`() throws {
    #expect(try heard([SIGURG, SIGWINCH], sending: [SIGURG]) == [SIGURG])
    #expect(signal(SIGURG, SIG_DFL) == nil)
    #expect(signal(SIGWINCH, SIG_DFL) == nil)
  }

  @Test func `what was ignored stays ignored, and hinders no other`() throws {
    signal(SIGWINCH, SIG_IGN)
    #expect(try heard([SIGWINCH, SIGURG], sending: [SIGWINCH, SIGURG]) == [SIGURG])
    #expect(signal(SIGURG, SIG_DFL) == nil)
    #expect(signal(SIGWINCH, SIG_DFL) != nil)
  }
}
