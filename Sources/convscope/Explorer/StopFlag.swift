import Synchronization

/// Raised once, seen by all threads that share the work.
final class StopFlag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .relaxed) }

  func raise() { state.store(true, ordering: .relaxed) }
}
