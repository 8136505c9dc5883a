/// What a link to the terminal can take, and what it should have to.
enum LinkSpeed {
  /// Bytes of a frame that answers a move of the cursor; where bytes are saved, of any that follows
  /// a key.
  static let frameBudget = 4096

  /// Whether a frame was stuck in writing: longer than a key may wait, and not for its size.
  static func isSlow(bytes: Int, in time: Duration) -> Bool {
    time > .milliseconds(150) && Double(bytes) < 2_000_000 * (time / .seconds(1))
  }
}
