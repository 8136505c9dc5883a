/// What kind of neurons a representative layer carries.
public enum LayerKind: String, Hashable, Sendable, Codable {
  case convolution
  /// Every input channel has a kernel of its own.
  case depthwiseConvolution
  case dense
}

/// A representative layer: a convolution or dense layer together with the batch
/// normalisation and activation that follow it directly.
public struct Layer: Hashable, Sendable, Codable {
  public var id: LayerID
  /// As the file names it where it does, such as `layer3.1.conv2`.
  public var name: String
  /// Operator of the file: `Conv`, `Gemm`, `MatMul`, `QLinearConv`…
  public var operatorName: String
  public var kind: LayerKind
  public var neuronCount: Int
  /// The tensor that holds the neurons' activations, after batch normalisation and
  /// activation where those follow directly.
  public var outputTensor: String
  /// Its shape, batch axis included, as far as it is known.
  public var outputShape: TensorShape?
  /// The axis of `outputShape` along which the neurons lie.
  public var channelAxis: Int
  /// `Relu`, `Clip`, `Sigmoid`…; nil when none follows directly, so values are signed.
  public var activation: String?
  public var hasBatchNormalization: Bool
  public var kernel: KernelGeometry?
  /// Numbers the file stores for the layer: weights, bias and batch normalisation with its
  /// running mean and variance.
  public var parameterCount: Int
  /// Nil where a neuron sees the whole image or the geometry cannot be traced.
  public var receptiveField: ReceptiveField?
  /// `QDQ`, `QOperator`, or nil for a layer computed in floating point.
  public var quantization: String?
  /// Where `outputTensor` holds 8-bit numbers, an activation is
  /// `(stored − outputZeroPoint) · outputScale`; nil where it holds floating point.
  public var outputScale: Float?
  public var outputZeroPoint: Int?
  /// What a `Clip` keeps activations between, where the file fixes both ends.
  public var clipBounds: ClosedRange<Float>?

  public init(
    id: LayerID, name: String, operatorName: String, kind: LayerKind, neuronCount: Int,
    outputTensor: String, outputShape: TensorShape?, channelAxis: Int, activation: String?,
    hasBatchNormalization: Bool, kernel: KernelGeometry?, parameterCount: Int,
    receptiveField: ReceptiveField?, quantization: String? = nil, outputScale: Float? = nil,
    outputZeroPoint: Int? = nil, clipBounds: ClosedRange<Float>? = nil
  ) {
    self.id = id
    self.name = name
    self.operatorName = operatorName
    self.kind = kind
    self.neuronCount = neuronCount
    self.outputTensor = outputTensor
    self.outputShape = outputShape
    self.channelAxis = channelAxis
    self.activation = activation
    self.hasBatchNormalization = hasBatchNormalization
    self.kernel = kernel
    self.parameterCount = parameterCount
    self.receptiveField = receptiveField
    self.quantization = quantization
    self.outputScale = outputScale
    self.outputZeroPoint = outputZeroPoint
    self.clipBounds = clipBounds
  }
}

/// How a convolution moves over its input, in pixels of that input; height first.
public struct KernelGeometry: Hashable, Sendable, Codable {
  public var size: [Int]
  public var strides: [Int]
  public var dilations: [Int]
  public var padsBefore: [Int]
  public var padsAfter: [Int]
  public var groups: Int

  public init(
    size: [Int], strides: [Int], dilations: [Int], padsBefore: [Int], padsAfter: [Int],
    groups: Int
  ) {
    self.size = size
    self.strides = strides
    self.dilations = dilations
    self.padsBefore = padsBefore
    self.padsAfter = padsAfter
    self.groups = groups
  }
}
