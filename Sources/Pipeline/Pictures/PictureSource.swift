import AtlasFiles
import Atlases
import ModelFiles
import Networks

/// Yields data set images as the network sees them: in the size of its input, before scaling.
public protocol PictureSource: Sendable {
  /// The picture of data set image `image`; an error says which and why in one sentence.
  func picture(_ image: Int) throws -> PixelImage
}

/// Pictures decoded from the data set when they are asked for.
public struct DatasetPictures: PictureSource {
  private let dataset: ImageDataset
  private let preprocessing: Preprocessing

  /// The images of `dataset` in the geometry of `preprocessing`.
  public init(_ dataset: ImageDataset, _ preprocessing: Preprocessing) {
    self.dataset = dataset
    self.preprocessing = preprocessing
  }

  /// Decodes and resizes one image.
  public func picture(_ image: Int) throws -> PixelImage {
    guard image >= 0, image < dataset.index.count else { throw PictureError.unknown(image) }
    return fitted(try dataset.image(image), to: preprocessing)
  }
}

/// Pictures kept in an atlas file.
public struct AtlasPictures: PictureSource {
  private let file: AtlasFile

  /// The pictures of `file`.
  public init(_ file: AtlasFile) {
    self.file = file
  }

  /// Decodes and resizes one kept picture.
  public func picture(_ image: Int) throws -> PixelImage {
    guard let bytes = file.encodedImage(image) else { throw PictureError.notKept(image) }
    let decoded = try decodeImage(bytes)
    guard let preprocessing = file.atlas.provenance.preprocessing?.chosen.preprocessing,
      (1...8192).contains(preprocessing.height), (1...8192).contains(preprocessing.width)
    else { return decoded }
    return fitted(decoded, to: preprocessing)
  }
}

/// Why a picture cannot be shown.
public enum PictureError: Error, Equatable, Sendable, CustomStringConvertible {
  case unknown(Int)
  case notKept(Int)

  public var description: String {
    switch self {
    case .unknown(let image): "the data set has no image \(image)"
    case .notKept(let image):
      "the picture of image \(image) is not in the atlas; open the model with --data to see it"
    }
  }
}

/// `image` in the size and colours that `preprocessing` gives the network.
private func fitted(_ image: PixelImage, to preprocessing: Preprocessing) -> PixelImage {
  let colored = preprocessing.colorOrder == .gray ? image.grayscale() : image
  return colored.resized(
    width: preprocessing.width, height: preprocessing.height, policy: preprocessing.resize)
}
