import Dispatch
import Explorer
import Synchronization

/// Works out beside the loop what screens lack, the newest request only: first for the screen that
/// shows, then for those that a key may lead to.
final class Workshop: Sendable {
  private let mailbox: Mailbox<LoopMessage>
  private let desk = Mutex(Desk())
  private let queue = DispatchQueue(label: "screens", qos: .userInitiated)
  private let clock = ContinuousClock()

  private struct Desk {
    var next: (state: ExplorerState, number: Int)?
    var isRunning = false
  }

  /// Pieces are handed over at least this often, so that a screen fills while one watches.
  private static let interval = Duration.milliseconds(20)

  init(mailbox: Mailbox<LoopMessage>) {
    self.mailbox = mailbox
  }

  /// Begins with what `state` lacks; what was asked for before and is not done is given up.
  func start(_ state: ExplorerState, number: Int) {
    let starts = desk.withLock { desk in
      desk.next = (state, number)
      defer { desk.isRunning = true }
      return !desk.isRunning
    }
    if starts { queue.async { self.run() } }
  }

  private func run() {
    // What was handed over, but may not have arrived in the next state yet.
    var known: Workings?
    while let (state, number) = take() {
      var work = ScreenWork(state, known: known)
      prepare(&work, number)
      while !isObsolete, work.lookAhead() { prepare(&work, number) }
      known = work.workings
    }
  }

  /// Works until the screen lacks nothing, or another one is asked for.
  private func prepare(_ work: inout ScreenWork, _ number: Int) {
    var since = clock.now
    var hasNews = false
    while !isObsolete {
      guard work.step() else {
        mailbox.post(
          .action(.workedOut(work.workings, number: number, isComplete: true)))
        return
      }
      hasNews = true
      if clock.now - since >= Self.interval {
        post(work, number)
        (since, hasNews) = (clock.now, false)
      }
    }
    if hasNews { post(work, number) }
  }

  private func post(_ work: ScreenWork, _ number: Int) {
    mailbox.post(.action(.workedOut(work.workings, number: number, isComplete: false)))
  }

  private var isObsolete: Bool { desk.withLock { $0.next != nil } }

  private func take() -> (state: ExplorerState, number: Int)? {
    desk.withLock { desk in
      defer { desk.next = nil }
      desk.isRunning = desk.next != nil
      return desk.next
    }
  }
}
