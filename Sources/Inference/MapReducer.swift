/// Boils a layer's feature maps down to a few numbers a neuron while the engine still holds them.
///
/// An engine that can do so calls it in the middle of a run, as soon as a tensor is complete; the
/// tensor may be overwritten right after. So no layer has to be kept until the end of the run.
public protocol MapReducer: Sendable {
  /// Numbers that stand for one neuron in one image.
  var numbersPerNeuron: Int { get }

  /// Images whose maps a tensor holds; nil where it is not of a form that can be read, so that its
  /// numbers are of no image.
  func imageCount(_ maps: TensorMaps) -> Int?

  /// Reduces a batch; called from the engine's threads, several at once.
  ///
  /// - Parameters:
  ///   - values: The tensor as it lies in memory.
  ///   - numbers: To be filled: images × neurons × ``numbersPerNeuron``.
  /// - Returns: False when the numbers could not be filled.
  func reduce(_ values: Span<Float>, _ maps: TensorMaps, into numbers: inout MutableSpan<Float>)
    -> Bool
}

/// How the feature maps of a batch lie in a tensor.
public struct TensorMaps: Hashable, Sendable {
  /// Lengths of the tensor's axes, batch first; in blocks, the channel axis is rounded up to whole
  /// blocks.
  public var shape: [Int]
  /// The axis along which the neurons lie.
  public var channelAxis: Int
  public var neuronCount: Int
  /// Above 1 where channels lie in blocks of that size, the channels of one position of one block
  /// side by side (NCHWc); 1 for plain row-major order.
  public var blockSize: Int

  public init(shape: [Int], channelAxis: Int, neuronCount: Int, blockSize: Int = 1) {
    self.shape = shape
    self.channelAxis = channelAxis
    self.neuronCount = neuronCount
    self.blockSize = blockSize
  }
}

/// An inner tensor that is to be reduced during the run, not handed out.
public struct ReducedTensor: Hashable, Sendable {
  /// Name in the model file.
  public var name: String
  public var channelAxis: Int
  public var neuronCount: Int

  public init(name: String, channelAxis: Int, neuronCount: Int) {
    self.name = name
    self.channelAxis = channelAxis
    self.neuronCount = neuronCount
  }

  /// Name of the session's output that holds the numbers: images × neurons × numbers.
  public var outputName: String { "convscope.reduced:" + name }
}

extension InferenceEngine {
  /// Without a way to reduce inside a run; tensors have to be exposed whole.
  public func open(
    path: String, reducing: [ReducedTensor], by reducer: any MapReducer, options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession)? {
    nil
  }
}
