public import Networks
import Storage

/// Images with their labels, wherever they lie: class folders, a manifest, CIFAR or MNIST files.
///
/// A value that several threads may read from at once.
public struct ImageDataset: Sendable {
  /// Names, classes and labels; known without decoding an image.
  public let index: DatasetIndex
  /// The path it was opened from.
  public let path: String
  let store: any ImageStore

  init(index: DatasetIndex, path: String, store: any ImageStore) {
    self.index = index
    self.path = path
    self.store = store
  }

  /// Opens a folder, manifest, data set file or single image, told apart by what it holds.
  ///
  /// - Complexity: O(files); no file is opened where its name tells enough.
  public static func open(path: String) throws(DatasetError) -> ImageDataset {
    switch PathKind(of: path) {
    case nil: throw .notFound(path: path)
    case .folder: try openFolder(path)
    case .file: try openFile(path)
    case .other: throw .unreadable(path: path, reason: "it is not a file or a folder")
    }
  }

  /// Decodes image `i` of ``index``; the error names the image and says what is wrong with it.
  ///
  /// - Precondition: `i` is below `index.count`.
  public func image(_ i: Int) throws(DatasetError) -> PixelImage {
    try store.image(i, name: index.imageNames[i])
  }

  /// The JPEG or PNG file of image `i` as it is; nil where it has none of its own, or a larger
  /// one than `limit` bytes.
  public func encodedImage(_ i: Int, limit: Int) -> [UInt8]? {
    guard index.imageNames.indices.contains(i) else { return nil }
    return store.encoded(i, name: index.imageNames[i], limit: limit)
  }

  /// A digest of names, sizes and labels: equal for equal data sets, wherever they lie.
  ///
  /// Contents are not read, so an image replaced by another of the same size goes unnoticed.
  ///
  /// - Complexity: O(images), one `stat` each.
  /// - Returns: 64 hexadecimal digits.
  public func fingerprint() -> String {
    var digest = SHA256()
    digest.update(index.form + "\n")
    for name in index.classes { digest.update(name + "\n") }
    for (i, name) in index.imageNames.enumerated() {
      let label = index.labels[i].map { "\($0)" } ?? "-"
      digest.update("\(name)\t\(store.byteCount(i, name: name))\t\(label)\n")
    }
    return digest.hexDigest()
  }
}

/// The last part of a path, with the one before it where the last is as common as `test`.
func datasetName(_ path: String) -> String {
  let parts = (resolvedPath(path) ?? path).split(separator: "/").map(String.init)
  guard let last = parts.last else { return "/" }
  guard parts.count > 1, genericNames.contains(last.lowercased()) else { return last }
  return parts[parts.count - 2] + "/" + last
}

private let genericNames: Set<String> = [
  "train", "training", "val", "valid", "validation", "test", "testing", "eval", "images",
  "imgs", "img", "data", "pictures", "photos", "png", "jpg", "jpeg",
]
