/// Why a data set could not be opened or an image of it could not be read.
public enum DatasetError: Error, Hashable, Sendable {
  case notFound(path: String)
  /// The system refused; `reason` is its own word for it.
  case unreadable(path: String, reason: String)
  /// No image is there; `seen` says what is.
  case empty(path: String, seen: String)
  /// A form of data that is recognised but not read; `advice` says what to do instead.
  case unsupported(path: String, advice: String)
  case malformed(path: String, reason: String)
  case image(name: String, ImageError)
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound(let path):
      "“\(path)” does not exist; give a folder of images, a CSV file or a data set file"
    case .unreadable(let path, let reason):
      "“\(path)” cannot be read: \(reason)"
    case .empty(let path, let seen):
      "“\(path)” holds no images (\(seen)); give a folder with JPEG or PNG files, "
        + "in one folder per class where they have labels"
    case .unsupported(let path, let advice):
      "“\(path)” \(advice)"
    case .malformed(let path, let reason):
      "“\(path)” is damaged: \(reason)"
    case .image(let name, let error):
      "image “\(name)” cannot be used: \(error)"
    }
  }
}
