import Storage

extension ModelFile {
  /// SHA-256 of the model file, and of the files its weights lie in, by name.
  ///
  /// - Complexity: O(bytes).
  /// - Returns: 64 hexadecimal digits.
  public func contentHash() -> String {
    var hash = SHA256()
    for (name, file) in [("", store.file)] + store.externalFiles {
      hash.update(name)
      file.withBytes { hash.update($0) }
    }
    return hash.hexDigest()
  }
}
