/// Why bytes did not become an image, or an image did not become bytes.
public enum ImageError: Error, Hashable, Sendable {
  case empty
  case notAnImage
  case unsupported(ImageFormat)
  /// Sides or area beyond ``ImageLimits``.
  case tooLarge(width: Int, height: Int)
  case damaged(ImageFormat, reason: String)
  case notEncoded(ImageFormat, reason: String)
}

extension ImageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "it is an empty file"
    case .notAnImage:
      "it is neither JPEG nor PNG"
    case .unsupported(let format):
      "it is a \(format.rawValue) image; convert it to PNG or JPEG"
    case .tooLarge(let width, let height):
      "its \(width)×\(height) pixels exceed the limit of \(ImageLimits.description)"
    case .damaged(let format, let reason):
      "it is a damaged \(format.rawValue) image (\(reason))"
    case .notEncoded(let format, let reason):
      "it could not be encoded as \(format.rawValue) (\(reason))"
    }
  }
}

/// Sizes beyond which an image is refused before anything is allocated for it.
public enum ImageLimits {
  public static let side = 30_000
  public static let pixelCount = 100_000_000

  static let description = "30,000 pixels a side and 100 million in all"

  /// Throws unless both sides are at least 1 and within the limits.
  static func check(width: Int, height: Int, _ format: ImageFormat) throws(ImageError) {
    guard width > 0, height > 0 else {
      throw .damaged(format, reason: "it has no pixels")
    }
    guard width <= side, height <= side, width * height <= pixelCount else {
      throw .tooLarge(width: width, height: height)
    }
  }
}
