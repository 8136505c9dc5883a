import ModelFiles
import Networks

/// Where an analysis gets its images, ready to run.
public protocol ImageProvider: Sendable {
  /// Writes image `image` as network input; called by several threads at once.
  ///
  /// An error means that this image cannot be read, says why, and ends nothing.
  func write(image: Int, into input: inout MutableSpan<Float>) throws
}

/// Images of a data set, decoded and preprocessed when they are needed.
public struct DatasetImages: ImageProvider {
  private let dataset: ImageDataset
  private let writer: InputWriter

  /// The images of `dataset` as `preprocessing` has them.
  public init(_ dataset: ImageDataset, _ preprocessing: Preprocessing) {
    self.dataset = dataset
    writer = InputWriter(preprocessing)
  }

  /// Decodes, resizes and converts one image.
  public func write(image: Int, into input: inout MutableSpan<Float>) throws {
    writer.write(try dataset.image(image), into: &input)
  }
}
