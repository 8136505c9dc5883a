/// A file in a zip archive, as the archive's directory describes it.
struct ZipEntry: Hashable, Sendable {
  enum Method: Hashable, Sendable {
    case stored
    case deflated
    case other(Int)
  }

  var name: String
  var method: Method
  var isEncrypted: Bool
  /// Bytes in the archive.
  var storedCount: Int
  /// Bytes once unpacked.
  var count: Int
  /// Where its local header begins, and the first byte that belongs to something else.
  var headerOffset: Int
  var limit: Int
}
