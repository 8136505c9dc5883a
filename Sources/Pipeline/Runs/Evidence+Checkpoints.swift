import Networks

extension Evidence {
  /// Whether a preprocessing found on one of so many checkpoints is worth looking for again now that
  /// there are more of them: where it was assumed, with every one that comes; where another way did
  /// as well, once they have doubled, which bounds the searches by the logarithm of the checkpoints.
  func mayImprove(from known: Int, to count: Int) -> Bool {
    switch self {
    case .read, .verified: false
    case .inferred: count >= 2 * max(known, 1)
    case .assumed: count != known
    }
  }
}
