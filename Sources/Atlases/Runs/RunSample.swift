public import Networks

/// The images that run at every checkpoint, and how they are fed.
public struct RunSample: Hashable, Sendable, Codable {
  /// Name of the data set.
  public var data: String
  /// Images that run at each checkpoint, unreadable ones included.
  public var imageCount: Int
  /// One for all checkpoints, so that these can be compared.
  public var preprocessing: PreprocessingChoice

  public init(data: String, imageCount: Int, preprocessing: PreprocessingChoice) {
    self.data = data
    self.imageCount = imageCount
    self.preprocessing = preprocessing
  }
}
