import Networks

/// An engine that can run a network part by part.
public protocol PartingEngine: InferenceEngine {
  /// Prepares parts of the network in the file at `path` to run.
  ///
  /// - Complexity: Each part's weights are held once, whatever the number of runs.
  func open(
    parts: NetworkParts, path: String, options: SessionOptions
  ) throws(InferenceError) -> any PartedSession
}

/// The parts of a network ready to run, from any number of threads at once.
public protocol PartedSession: AnyObject, Sendable {
  /// What the first part takes: the network's image.
  var input: NetworkPort { get }

  /// A place to run batches on one thread.
  func makeRun() throws(InferenceError) -> any PartedRun

  /// Ends all runs at once; they and later ones fail with ``InferenceError/cancelled``. Safe
  /// from any thread.
  func cancel()
}

/// Runs a network part by part, letting what flows between the parts be changed. Belongs to one
/// thread at a time.
public protocol PartedRun: AnyObject {
  /// Lends `part` of the next batch's images, to be filled, as in ``InferenceRun``.
  func withInput<Result>(
    count: Int, part: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result

  /// Runs part `index` on the images, on what the parts before it made last and on the changes
  /// made since. Changes of tensors that it makes anew are gone; part 0 begins a batch.
  ///
  /// - Parameter shape: Lengths of the images' axes, batch first.
  func execute(part index: Int, shape: [Int]) throws(InferenceError)

  /// Lends a tensor as the part that makes it left it.
  func withTensor<Result>(
    _ request: TensorRequest, _ body: (_ shape: [Int], _ values: Span<Float>) throws -> Result
  ) throws -> Result

  /// Has another tensor of the same shape and type stand for one that was made, until that is made
  /// anew.
  func replace(_ name: String, by other: String) throws(InferenceError)

  /// Gives channels of a tensor other values, everywhere in the batch, for parts that run from
  /// now on; earlier changes of that tensor are taken back.
  ///
  /// - Parameters:
  ///   - tensor: By name, with its scale and zero point where it is quantised.
  ///   - values: One a channel.
  /// - Complexity: O(changed elements); the first change of a batch copies the tensor.
  func change(
    _ tensor: TensorRequest, axis: Int, channels: [Int], to values: [Float]
  ) throws(InferenceError)
}
