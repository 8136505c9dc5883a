/// What a data set holds, before any image is decoded.
public struct DatasetIndex: Hashable, Sendable, Codable {
  /// Last parts of its path, such as `cifar10/test`.
  public var name: String
  /// `class folders`, `CIFAR-10 binary`, `MNIST IDX`, `manifest`…
  public var form: String
  /// Class names in label order; empty when the images carry no labels.
  public var classes: [String]
  /// Image names relative to the data set, in label order, then by name.
  public var imageNames: [String]
  /// Class of each image, nil where unknown; same count as `imageNames`.
  public var labels: [Int?]
  /// Files passed over at listing time, each one sentence.
  public var notes: [String]

  /// - Precondition: One label, known or not, for each image.
  public init(
    name: String, form: String, classes: [String], imageNames: [String], labels: [Int?],
    notes: [String] = []
  ) {
    precondition(imageNames.count == labels.count)
    self.name = name
    self.form = form
    self.classes = classes
    self.imageNames = imageNames
    self.labels = labels
    self.notes = notes
  }

  /// Number of images.
  public var count: Int { imageNames.count }
}
