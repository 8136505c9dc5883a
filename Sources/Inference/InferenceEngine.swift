import Networks

/// Something that runs networks. ONNX Runtime is the one there is; another would be a second
/// folder beside `ONNXRuntime`.
public protocol InferenceEngine: Sendable {
  /// Name and version for people: `ONNX Runtime 1.32.0`.
  var name: String { get }

  /// Prepares the network in the file at `path` to run.
  ///
  /// - Parameter exposing: Inner tensors to be had beside the network's own outputs. Names that
  ///   are outputs already change nothing.
  /// - Complexity: Reads the whole file; weights are held once, whatever the number of runs.
  func open(
    path: String, exposing: [String], options: SessionOptions
  ) throws(InferenceError) -> any InferenceSession

  /// Prepares the network so that inner tensors are reduced as soon as they are complete, and the
  /// numbers are outputs under ``ReducedTensor/outputName``; nil where the engine cannot do that to
  /// all of them.
  func open(
    path: String, reducing: [ReducedTensor], by reducer: any MapReducer, options: SessionOptions
  ) throws(InferenceError) -> (any InferenceSession)?
}

/// A network ready to run, from any number of threads at once.
public protocol InferenceSession: AnyObject, Sendable {
  /// What must be given to run, in the file's order.
  var inputs: [NetworkPort] { get }
  /// The network's own outputs, then the exposed tensors; shapes as far as the engine infers them.
  var outputs: [NetworkPort] { get }

  /// A place to run batches on one thread, yielding the tensors of `requests` in that order.
  ///
  /// Fails unless the network has exactly one input of a numeric type it can be fed as floats.
  func makeRun(yielding requests: [TensorRequest]) throws(InferenceError) -> any InferenceRun

  /// Ends all runs at once; they and later ones fail with ``InferenceError/cancelled`` until
  /// ``resume()``. Safe from any thread.
  func cancel()

  /// Takes ``cancel()`` back.
  func resume()
}

/// Runs one batch after another, reusing its buffers. Belongs to one thread at a time.
public protocol InferenceRun: AnyObject {
  /// Lends `part` of the next batch's input, to be filled; the input has `count` floats and is kept
  /// from batch to batch.
  ///
  /// - Precondition: `part` lies within `0..<count`.
  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result

  /// Runs the network on what ``withInput(count:part:_:)`` holds.
  ///
  /// - Parameter shape: Lengths of the input's axes, batch first; their product is the input's
  ///   count.
  func execute(shape: [Int]) throws(InferenceError)

  /// Lends the tensor of request `index` from the last batch, as floats, row-major. It is gone
  /// when `body` returns or the next batch runs.
  func withOutput<Result>(
    _ index: Int, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result

  /// Bytes of all outputs of the last batch, as the engine holds them.
  var outputByteCount: Int { get }
}

extension InferenceRun {
  /// Lends the whole input of the next batch, to be filled.
  public func withInput<Result>(
    count: Int, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    try withInput(count: count, part: 0..<count, body)
  }
}

/// A tensor wanted from each run, and how its integers become numbers.
public struct TensorRequest: Hashable, Sendable {
  /// Name in the model file.
  public var name: String
  /// A quantised tensor's value is `(integer − zeroPoint) · scale`; ignored for floats.
  public var scale: Float
  public var zeroPoint: Float

  /// A tensor by name; the defaults leave integers as they are.
  public init(_ name: String, scale: Float = 1, zeroPoint: Float = 0) {
    self.name = name
    self.scale = scale
    self.zeroPoint = zeroPoint
  }
}

/// How a network is to run.
public struct SessionOptions: Hashable, Sendable {
  /// Threads that share one run; 1 leaves parallelism to the caller.
  public var threadCount: Int
  /// `cuda`, `tensorrt`, `openvino`…; nil for the CPU.
  public var provider: String?
  /// Whether the engine may fuse and reorder operators. Off is slow and for comparisons.
  public var isOptimized: Bool

  public init(threadCount: Int = 1, provider: String? = nil, isOptimized: Bool = true) {
    self.threadCount = threadCount
    self.provider = provider
    self.isOptimized = isOptimized
  }
}
