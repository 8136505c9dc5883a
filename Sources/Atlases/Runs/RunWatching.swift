/// How new checkpoints are heard of.
public struct RunWatching: Hashable, Sendable {
  /// Whether the folders are looked at every two seconds, because the kernel tells nothing.
  public var isPolling: Bool
  /// Names of files that are not whole yet.
  public var writing: [String]

  public init(isPolling: Bool, writing: [String] = []) {
    self.isPolling = isPolling
    self.writing = writing
  }
}
