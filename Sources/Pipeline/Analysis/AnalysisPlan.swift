import Analysis
import Inference
import Networks

/// What is to be run on which images.
public struct AnalysisPlan: Sendable {
  public var modelPath: String
  /// Lengths of one image's axes, batch left out: `[3, 32, 32]`.
  public var imageShape: [Int]
  /// The layers to summarise.
  public var layers: [LayerTap]
  /// Class of each image of the data set; nil where unknown.
  public var labels: [Int?]
  /// Columns of the summaries; 1, with every label 0, for a data set without classes.
  public var classCount: Int
  /// How outputs become classes; nil when the network is no classifier of this data set.
  public var classifier: ClassifierTap?
  /// Images to visit, in order.
  public var order: BalancedOrder
  public var provider: String?
  /// Threads in all; nil for one a core.
  public var threadCount: Int?
  /// Images in a batch; nil to choose by the size of the layers' outputs.
  public var batchSize: Int?

  public init(
    modelPath: String, imageShape: [Int], layers: [LayerTap], labels: [Int?], classCount: Int,
    classifier: ClassifierTap?, order: BalancedOrder, provider: String? = nil,
    threadCount: Int? = nil, batchSize: Int? = nil
  ) {
    self.modelPath = modelPath
    self.imageShape = imageShape
    self.layers = layers
    self.labels = labels
    self.classCount = classCount
    self.classifier = classifier
    self.order = order
    self.provider = provider
    self.threadCount = threadCount
    self.batchSize = batchSize
  }

  /// Threads in all.
  var coreCount: Int { max(1, threadCount ?? availableCoreCount()) }
}

/// A layer's output tensor, and how to read it.
public struct LayerTap: Hashable, Sendable {
  public var tensor: TensorRequest
  public var neuronCount: Int
  /// The axis along which the neurons lie, batch axis 0.
  public var channelAxis: Int
  public var range: ActivationRange
  /// Activations of one image; nil where the file does not tell.
  public var valueCount: Int?

  public init(
    tensor: TensorRequest, neuronCount: Int, channelAxis: Int, range: ActivationRange,
    valueCount: Int? = nil
  ) {
    self.tensor = tensor
    self.neuronCount = neuronCount
    self.channelAxis = channelAxis
    self.range = range
    self.valueCount = valueCount
  }

  /// How the tensor holds one map of each neuron for each of `imageCount` images; nil where it does not:
  /// where its first axis counts windows or tokens, a row is no image.
  func maps(_ shape: [Int], imageCount: Int) -> FeatureMaps? {
    guard let maps = FeatureMaps(shape: shape, channelAxis: channelAxis),
      maps.neuronCount == neuronCount, maps.imageCount == imageCount
    else { return nil }
    return maps
  }

  /// The output of a representative layer.
  public init(_ layer: Layer) {
    let tensor = TensorRequest(
      layer.outputTensor, scale: layer.outputScale ?? 1,
      zeroPoint: Float(layer.outputZeroPoint ?? 0))
    self.init(
      tensor: tensor, neuronCount: layer.neuronCount,
      channelAxis: layer.channelAxis,
      range: ActivationRange(activation: layer.activation, bounds: layer.clipBounds),
      valueCount: layer.outputShape.flatMap { shape in
        checkedProduct(shape.dimensions.dropFirst().map(\.length))
      })
  }
}

/// Nil when a length is unknown or the product leaves the range of memory sizes.
func checkedProduct(_ lengths: [Int?]) -> Int? {
  var product = 1
  for length in lengths {
    guard let length, length >= 0 else { return nil }
    let (next, isOverflowing) = product.multipliedReportingOverflow(by: length)
    guard !isOverflowing, next < 1 << 40 else { return nil }
    product = next
  }
  return product
}

/// The network's answer, and which of its numbers stand for which class.
public struct ClassifierTap: Hashable, Sendable {
  public var tensor: TensorRequest
  /// Data set class → output index; nil where the network has no such output. Empty for images
  /// without labels, of which predictions are kept only.
  public var outputOfClass: [Int?]

  public init(tensor: TensorRequest, outputOfClass: [Int?]) {
    self.tensor = tensor
    self.outputOfClass = outputOfClass
  }
}
