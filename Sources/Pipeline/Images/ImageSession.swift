import Analysis
import Atlases
import Inference
import ModelFiles
import Networks
import Synchronization

/// Runs images of a data set through its network with every layer exposed: what each neuron does on
/// them, and where.
///
/// The model is opened when the first image is asked for, and stays open until ``close()``. One
/// call at a time; ``cancel()`` may come from any thread.
public final class ImageSession: Sendable {
  private let plan: AnalysisPlan
  private let images: any ImageProvider
  private let engine: any InferenceEngine
  private let opened = Mutex<ImageRunner?>(nil)
  private let control = Mutex(Control())

  private struct Control {
    var isCancelled = false
    var session: (any InferenceSession)?
  }

  /// Outputs told of an image.
  public static let answerCount = 5

  /// Values of feature maps handed out beside those asked for.
  static let extraValueLimit = 1 << 21

  /// - Parameter plan: What its layers are and how images are fed; its order does not matter.
  public init(
    _ plan: AnalysisPlan, images: any ImageProvider, engine: any InferenceEngine
  ) {
    self.plan = plan
    self.images = images
    self.engine = engine
  }

  /// Ends what runs; it and later calls fail with ``SessionError/cancelled``.
  public func cancel() {
    let session = control.withLock { state in
      state.isCancelled = true
      return state.session
    }
    session?.cancel()
  }

  /// Lets go of the model and of the last image's outputs.
  public func close() {
    opened.withLock { $0 = nil }
    control.withLock { $0.session = nil }
  }

  /// What the neurons did on average over `images`; unreadable ones are left out and counted.
  ///
  /// - Parameters:
  ///   - layer: Whose feature maps are wanted where there is a single image; those of the other
  ///     layers come along while they are small.
  ///   - isStopped: Asked before each image; true ends it with ``SessionError/cancelled``.
  /// - Complexity: One run an image; memory for all layers' outputs of one image.
  public func activations(
    of images: [Int], mapsOf layer: Int? = nil, isStopped: @Sendable () -> Bool = { false }
  ) throws(SessionError) -> ImageActivations {
    do {
      return try opened.withLock { runner throws in
        let current = try runner ?? open()
        runner = current
        return try activations(current, images, layer, isStopped)
      }
    } catch let error as SessionError {
      throw error
    } catch {
      let failure = AnalysisError(error)
      throw failure == .inference(.cancelled) ? .cancelled : .analysis(failure)
    }
  }

  private func open() throws(InferenceError) -> ImageRunner {
    let threads = plan.threadCount ?? availableCoreCount()
    let session = try engine.open(
      path: plan.modelPath, exposing: plan.layers.map(\.tensor.name),
      options: SessionOptions(threadCount: threads, provider: plan.provider))
    let isCancelled = control.withLock { state in
      state.session = session
      return state.isCancelled
    }
    if isCancelled { throw .cancelled }
    return try ImageRunner(plan, images: images, session: session)
  }

  private func activations(
    _ runner: ImageRunner, _ images: [Int], _ layer: Int?, _ isStopped: @Sendable () -> Bool
  ) throws -> ImageActivations {
    var means = plan.layers.map { ResponseMeans(neuronCount: $0.neuronCount) }
    var readable: [Int] = []
    var reason = "no image was named"
    for image in images {
      guard !isStopped(), !control.withLock({ $0.isCancelled }) else {
        throw SessionError.cancelled
      }
      do {
        try runner.load(image)
      } catch let error as InferenceError {
        throw error
      } catch {
        reason = "\(error)"
        continue
      }
      for layer in means.indices {
        if let responses = try runner.responses(layer) { means[layer].add(responses) }
      }
      readable.append(image)
    }
    guard !readable.isEmpty else { throw SessionError.unreadableImage(reason: reason) }
    let isSingle = images.count == 1
    return ImageActivations(
      images: readable, unreadableCount: images.count - readable.count,
      layers: means.map(\.responses),
      maps: isSingle ? try maps(runner, wanted: layer) : [:],
      answers: isSingle ? try runner.answers(Self.answerCount) : [])
  }

  /// The wanted layer's maps, then others in order while all of them together stay small.
  private func maps(_ runner: ImageRunner, wanted: Int?) throws -> [Int: ActivationMaps] {
    var found: [Int: ActivationMaps] = [:]
    if let wanted, plan.layers.indices.contains(wanted) { found[wanted] = try runner.maps(wanted) }
    var count = 0
    for (index, layer) in plan.layers.enumerated() where index != wanted {
      count += min(layer.valueCount ?? .max / 2, ActivationMaps.valueLimit)
      guard count <= Self.extraValueLimit else { break }
      found[index] = try runner.maps(index)
    }
    return found
  }
}

/// Sums of a layer's responses over images, in the order of the images.
private struct ResponseMeans {
  private var sums: [[Double]]
  private var counts: [[Int]]

  init(neuronCount: Int) {
    sums = Array(repeating: Array(repeating: 0, count: neuronCount), count: 3)
    counts = Array(repeating: Array(repeating: 0, count: neuronCount), count: 3)
  }

  mutating func add(_ responses: NeuronResponses) {
    let parts = [responses.spatialMean, responses.spatialMax, responses.firingShare]
    for (part, values) in parts.enumerated() {
      for neuron in values.indices where values[neuron].isFinite {
        sums[part][neuron] += Double(values[neuron])
        counts[part][neuron] += 1
      }
    }
  }

  var responses: NeuronResponses {
    let means = zip(sums, counts).map { sums, counts in
      zip(sums, counts).map { $1 > 0 ? Float($0 / Double($1)) : .nan }
    }
    return NeuronResponses(spatialMean: means[0], spatialMax: means[1], firingShare: means[2])
  }
}
