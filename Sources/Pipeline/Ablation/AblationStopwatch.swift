import Synchronization

/// Adds up, over all threads, what the runs of an ablation take.
public final class AblationStopwatch: Sendable {
  /// Seconds, summed over threads.
  public struct Times: Equatable, Sendable {
    /// Running the unchanged parts behind the first cut, once for each image: the pass that an
    /// ablation cannot do without.
    public var pass = 0.0
    /// The same parts with neurons switched off, once for each image and set, and all else that a
    /// set takes: the change, reading scores, comparing them.
    public var changed = 0.0
  }

  private let total = Mutex(Times())
  private let clock = ContinuousClock()

  /// A watch at zero.
  public init() {}

  /// What was added up so far.
  public var times: Times { total.withLock { $0 } }

  func time<Result>(
    _ part: any WritableKeyPath<Times, Double> & Sendable, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = clock.now
    let result = try body()
    let seconds = (clock.now - start) / .seconds(1)
    total.withLock { $0[keyPath: part] += seconds }
    return result
  }
}
