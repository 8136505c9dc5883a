import Dispatch
import Explorer
import Synchronization

/// Works out beside the loop what screens lack, the newest request only: first for the screen that
/// shows, then, once that was drawn, for those that a key may lead to.
final class Workshop: Sendable {
  private let mailbox: Mailbox<LoopMessage>
  /// The newest request, until it is begun.
  private let desk = Mutex<(state: ExplorerState, number: Int)?>(nil)
  /// What was worked out last: it may not have arrived in the next state yet, and may go on.
  private let shelf = Mutex<(work: ScreenWork, number: Int)?>(nil)
  /// Whether a key came whose frame is not shown yet: until then nothing is worked out ahead.
  private let isHeld = Mutex(false)
  private let queue = DispatchQueue(label: "screens", qos: .userInitiated)
  private let clock = ContinuousClock()

  /// Pieces are handed over at least this often, so that a screen fills while one watches.
  private static let interval = Duration.milliseconds(20)

  init(mailbox: Mailbox<LoopMessage>) {
    self.mailbox = mailbox
  }

  /// Begins with what `state` lacks; what was asked for before and is not done is given up.
  func start(_ state: ExplorerState, number: Int) {
    desk.withLock { $0 = (state, number) }
    isHeld.withLock { $0 = false }
    queue.async { self.begin() }
  }

  /// Leaves the processors to a key until its frame is shown, or something is asked for.
  func hold() { isHeld.withLock { $0 = true } }

  /// Goes on to screens that a key may lead to. Not before the frame is with the terminal: until
  /// then the processors have better things to do.
  func lookAhead() {
    isHeld.withLock { $0 = false }
    queue.async { self.goOn() }
  }

  private func begin() {
    let last = takeFromShelf()
    guard let (state, number) = takeFromDesk() else { return putOnShelf(last) }
    var work = ScreenWork(state, known: last?.work.workings)
    prepare(&work, number, isAhead: false)
    putOnShelf((work, number))
  }

  private func goOn() {
    guard !isInterrupted, let last = takeFromShelf() else { return }
    var work = last.work
    while !isInterrupted {
      guard work.lookAhead() else { return }
      prepare(&work, last.number, isAhead: true)
    }
    putOnShelf((work, last.number))
  }

  /// Works until the screen lacks nothing, or another one is asked for.
  private func prepare(_ work: inout ScreenWork, _ number: Int, isAhead: Bool) {
    var since = clock.now
    var hasNews = false
    while !(isAhead ? isInterrupted : isObsolete) {
      guard work.step() else {
        if hasNews || !isAhead {
          mailbox.post(.action(.workedOut(work.workings, number: number, isComplete: true)))
        }
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

  private var isObsolete: Bool { desk.withLock { $0 != nil } }

  private var isInterrupted: Bool { isObsolete || isHeld.withLock { $0 } }

  private func takeFromDesk() -> (state: ExplorerState, number: Int)? {
    desk.withLock { next in
      defer { next = nil }
      return next
    }
  }

  /// Leaves nothing behind, for a second copy would be copied when the first one grows.
  private func takeFromShelf() -> (work: ScreenWork, number: Int)? {
    shelf.withLock { last in
      defer { last = nil }
      return last
    }
  }

  private func putOnShelf(_ last: (work: ScreenWork, number: Int)?) {
    shelf.withLock { $0 = last }
  }
}
