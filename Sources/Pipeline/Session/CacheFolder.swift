import Storage

/// Where analyses are kept between runs: `$XDG_CACHE_HOME/convscope`, or `~/.cache/convscope`.
public struct CacheFolder: Sendable {
  public let path: String

  /// Nil when neither `XDG_CACHE_HOME` nor `HOME` is an absolute path.
  public init?(environment: [String: String]) {
    guard let path = UserFolder.cache.path(environment: environment) else { return nil }
    self.path = path
  }

  /// Makes the folder and its parents where they are missing.
  public func create() throws(StorageError) {
    try makeFolders(path)
  }

  /// The file of an analysis, named by what it depends on.
  public func atlasPath(key: AnalysisKey) -> String { "\(path)/\(key.digest).atlas" }
}

/// Everything an analysis depends on; equal keys give equal atlases.
public struct AnalysisKey: Equatable, Sendable {
  /// 32 hexadecimal digits.
  public let digest: String

  /// - Parameter parts: Hashes, the preprocessing, seed, limit, shard, versions; in that order.
  public init(parts: [String]) {
    var hash = SHA256()
    for part in parts { hash.update(part) }
    digest = String(hash.hexDigest().prefix(32))
  }
}
