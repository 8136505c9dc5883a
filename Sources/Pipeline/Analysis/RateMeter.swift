/// How fast a count grows, over the last few seconds.
struct RateMeter: Sendable {
  private var samples: [(instant: ContinuousClock.Instant, count: Int)] = []

  /// Samples are this far apart and kept this long.
  private static let (spacing, window) = (Duration.milliseconds(250), Duration.seconds(5))

  /// Notes that the count is `count` now; cheap to call often.
  mutating func record(_ count: Int, at instant: ContinuousClock.Instant) {
    if samples.count > 1, instant - samples[samples.count - 2].instant < Self.spacing {
      samples[samples.count - 1] = (instant, count)
    } else {
      samples.append((instant, count))
    }
    while samples.count > 2, instant - samples[1].instant > Self.window { samples.removeFirst() }
  }

  /// 0 until two instants are known.
  var perSecond: Double {
    guard let first = samples.first, let last = samples.last, last.count > first.count else {
      return 0
    }
    let seconds = (last.instant - first.instant) / .seconds(1)
    return seconds > 0 ? Double(last.count - first.count) / seconds : 0
  }
}
