import Dispatch
import Testing

@testable import convscope

struct MailboxTests {
  @Test func `messages come out once, in order`() throws {
    let mailbox = try Mailbox<Int>()
    for number in 0..<100 { mailbox.post(number) }
    #expect(mailbox.drain() == Array(0..<100))
    #expect(mailbox.drain() == [])
  }

  @Test func `a newer message replaces the waiting ones of its kind`() throws {
    let mailbox = try Mailbox<Int>()
    for number in 0..<10 { mailbox.post(number) { $0 % 2 == number % 2 } }
    #expect(mailbox.drain() == [8, 9])
  }

  @Test func `a message wakes whoever waits`() throws {
    let mailbox = try Mailbox<Int>()
    let clock = ContinuousClock()
    let start = clock.now
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.02) { mailbox.post(1) }
    mailbox.wait(milliseconds: 10_000)
    #expect(mailbox.drain() == [1])
    #expect(clock.now - start < .seconds(5))
  }

  @Test func `waiting ends when the time is over`() throws {
    let mailbox = try Mailbox<Int>()
    mailbox.wait(milliseconds: 1)
    #expect(mailbox.drain() == [])
  }

  @Test func `a flood never blocks the sender`() throws {
    let mailbox = try Mailbox<Int>()
    for number in 0..<200_000 { mailbox.post(number) }
    #expect(mailbox.drain().count == 200_000)
  }

  @Test func `many senders lose nothing`() throws {
    let mailbox = try Mailbox<Int>()
    DispatchQueue.concurrentPerform(iterations: 8) { sender in
      for number in 0..<500 { mailbox.post(sender * 500 + number) }
    }
    #expect(mailbox.drain().sorted() == Array(0..<4000))
  }
}
