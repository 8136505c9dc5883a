import Networks
import Storage

/// Where a data set's images come from; used by several threads at once.
protocol ImageStore: Sendable {
  /// Image `i` in the order of the data set's index; `name` is its name there, for errors.
  func image(_ i: Int, name: String) throws(DatasetError) -> PixelImage
  /// Bytes that identify image `i` cheaply: its file's size where it has a file of its own.
  func byteCount(_ i: Int, name: String) -> Int
  /// The JPEG or PNG bytes of image `i` as they lie on disk; nil where the store has no such
  /// file, or it is larger than `limit`.
  func encoded(_ i: Int, name: String, limit: Int) -> [UInt8]?
}

extension ImageStore {
  func encoded(_ i: Int, name: String, limit: Int) -> [UInt8]? { nil }
}

/// One image file per name.
struct ImageFiles: ImageStore {
  /// Folder that relative names start from.
  var root: String
  /// What names lack of the file name, such as `.png`.
  var suffix = ""

  private static let byteLimit = 1 << 29

  private func path(_ name: String) -> String {
    (name.utf8.first == UInt8(ascii: "/") ? name : root + "/" + name) + suffix
  }

  func image(_ i: Int, name: String) throws(DatasetError) -> PixelImage {
    let bytes = try readFile(path(name), limit: Self.byteLimit)
    do {
      return try decodeImage(bytes)
    } catch {
      throw .image(name: name, error)
    }
  }

  func encoded(_ i: Int, name: String, limit: Int) -> [UInt8]? {
    guard let bytes = try? readFile(path(name), limit: limit),
      let format = ImageFormat(sniffing: bytes.span), format.isSupported
    else { return nil }
    return bytes
  }

  func byteCount(_ i: Int, name: String) -> Int {
    guard case .file(let count) = PathKind(of: path(name)) else { return -1 }
    return count
  }
}
