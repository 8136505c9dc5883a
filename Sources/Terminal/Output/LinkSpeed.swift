/// What a link to the terminal can take.
enum LinkSpeed {
  /// Bytes of a frame that follows a key where they are to be saved: 4 KB with what ends it.
  static let frameBudget = 4000

  /// Whether a frame was stuck in writing: longer than a key may wait, and not for its size.
  static func isSlow(bytes: Int, in time: Duration) -> Bool {
    time > .milliseconds(150) && Double(bytes) < 2_000_000 * (time / .seconds(1))
  }
}
