/// Whether images can be run through a network, and how they enter it.
public enum AnalysisInput: Hashable, Sendable, Codable {
  case image(ImageInput, ClassifierOutput)
  /// One sentence on why not.
  case unavailable(String)

  /// The input, when there is one.
  public var image: ImageInput? {
    if case .image(let image, _) = self { image } else { nil }
  }

  /// The class scores, when there are some.
  public var output: ClassifierOutput? {
    if case .image(_, let output) = self { output } else { nil }
  }
}

/// The input of a network that takes an image.
public struct ImageInput: Hashable, Sendable, Codable {
  /// Its place in ``Network/inputs``.
  public var portIndex: Int
  public var name: String
  public var elementType: ElementType
  public var layout: ChannelLayout
  /// 1, 3 or another number of planes.
  public var channelCount: Int
  /// Pixels; nil where the file leaves the size free.
  public var height: Int?
  public var width: Int?
  /// Images a run must hold; nil where the batch is free.
  public var fixedBatch: Int?
  /// Arithmetic on the input before the first layer, such as `Sub, Div`: normalisation that the
  /// network does itself.
  public var embeddedPreprocessing: [String]

  public init(
    portIndex: Int, name: String, elementType: ElementType, layout: ChannelLayout,
    channelCount: Int, height: Int?, width: Int?, fixedBatch: Int?,
    embeddedPreprocessing: [String] = []
  ) {
    self.portIndex = portIndex
    self.name = name
    self.elementType = elementType
    self.layout = layout
    self.channelCount = channelCount
    self.height = height
    self.width = width
    self.fixedBatch = fixedBatch
    self.embeddedPreprocessing = embeddedPreprocessing
  }
}

/// The output of a network that scores classes, one number a class.
public struct ClassifierOutput: Hashable, Sendable, Codable {
  /// Its place in ``Network/outputs``.
  public var portIndex: Int
  public var name: String
  /// Nil where the file does not say.
  public var classCount: Int?
  /// The scores already went through a softmax or sigmoid.
  public var isProbability: Bool

  public init(portIndex: Int, name: String, classCount: Int?, isProbability: Bool) {
    self.portIndex = portIndex
    self.name = name
    self.classCount = classCount
    self.isProbability = isProbability
  }
}
