import Synchronization

/// Someone who asks for work to be stopped: says no so many times, and yes ever after.
public final class Stop: Sendable {
  private let left: Atomic<Int>

  /// Says yes from the asking after `asked` on.
  public init(after asked: Int) { left = Atomic(asked) }

  /// What work asks between its steps.
  @Sendable public func isCancelled() -> Bool {
    left.subtract(1, ordering: .relaxed).newValue < 0
  }

  /// Whether it has said yes.
  public var hasStopped: Bool { left.load(ordering: .relaxed) < 0 }
}
