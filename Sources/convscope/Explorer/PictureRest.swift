/// When pictures that the answer to a key left out are painted.
///
/// A frame that answers a move of the cursor takes few bytes; so does any frame after a key where
/// bytes are saved. Its pictures follow once keys have rested.
struct PictureRest {
  private var lastKey: ContinuousClock.Instant
  /// Whether the keys since the last frame, or those that it answered, did no more than move.
  private var hasMoved = false

  /// Longer than between two keys of a held one at 25 a second.
  static let afterMove = Duration.milliseconds(45)
  /// With bytes saved: reading one screen before the next.
  static let onSlowLink = Duration.milliseconds(250)

  /// - Parameter now: A time since when keys have rested long enough.
  init(restedAt now: ContinuousClock.Instant) {
    lastKey = now - Self.onSlowLink
  }

  /// - Parameters:
  ///   - moved: Whether these keys left the scene as it was.
  ///   - isPending: Whether no frame shows the keys before them yet.
  mutating func keysArrived(
    at now: ContinuousClock.Instant, moved: Bool, isPending: Bool
  ) {
    lastKey = now
    hasMoved = moved && (hasMoved || !isPending)
  }

  /// Time until pictures are painted; not positive when it has come.
  func timeLeft(at now: ContinuousClock.Instant, savesBytes: Bool) -> Duration {
    (savesBytes ? Self.onSlowLink : Self.afterMove) - (now - lastKey)
  }

  /// Whether the next frame may leave pictures out.
  ///
  /// - Parameter isAnswer: Whether it is the first one after keys: of a move that has few bytes,
  ///   however long it took.
  func waits(at now: ContinuousClock.Instant, savesBytes: Bool, isAnswer: Bool) -> Bool {
    let isEarly = timeLeft(at: now, savesBytes: savesBytes) > .zero
    return hasMoved ? isEarly || isAnswer : isEarly && savesBytes
  }
}
