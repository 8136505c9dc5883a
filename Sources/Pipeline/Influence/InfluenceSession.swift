import Analysis
import Atlases
import Inference
import ModelFiles
import Networks
import Synchronization

/// Two layers between which there is a connection.
public struct LayerPair: Hashable, Sendable {
  public var source: LayerID
  public var target: LayerID

  public init(source: LayerID, target: LayerID) {
    self.source = source
    self.target = target
  }
}

/// Measures how strongly channels drive the neurons of later layers, on images of a data set.
///
/// One measurement at a time; ``cancel()`` may come from any thread.
public final class InfluenceSession: Sendable {
  /// Images that are run, the first ones in the analysis' balanced order: as many of each class as
  /// that allows. Enough that a mean of magnitudes settles, few enough to wait for.
  public static let defaultImageCount = 200

  /// Bytes that the connections measured at a time may take together.
  private static let budget = 512 << 20
  /// Weights of a layer that are read into memory; larger ones have no connections either.
  private static let layerWeights = 64 << 20

  private let inputs: SessionInputs
  private let control = Mutex(Control())

  private struct Control {
    var isCancelled = false
    var running: InfluenceRun?
  }

  init(_ inputs: SessionInputs) {
    self.inputs = inputs
  }

  /// Ends what runs; it and later measurements fail with ``SessionError/cancelled``.
  public func cancel() {
    let running = control.withLock { state in
      state.isCancelled = true
      return state.running
    }
    running?.cancel()
  }

  private var isCancelled: Bool { control.withLock { $0.isCancelled } }

  /// What each pair's source does to its target, in the order of `pairs`.
  ///
  /// - Parameters:
  ///   - imageLimit: Images at most, the first ones in the analysis' balanced order.
  ///   - report: Told the images done and the images there are, from several threads; connections
  ///     that do not fit into memory together are measured one group after the other, each on all
  ///     images.
  /// - Complexity: One run of the network an image and group; of each pair the multiplications that
  ///   the target takes for its input; memory for two sums a pair of neurons.
  public func measure(
    _ pairs: [LayerPair], imageLimit: Int = InfluenceSession.defaultImageCount,
    report: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(SessionError) -> [MeasuredInfluence] {
    let edges = try readyEdges(pairs)
    guard !isCancelled else { throw .cancelled }
    let workers = max(1, inputs.plan.threadCount ?? availableCoreCount())
    var groups: [[Int]] = []
    var held = 0
    for (index, edge) in edges.enumerated() {
      guard let edge else { continue }
      let size = edge.byteCount(workers: workers)
      if groups.isEmpty || held + size > Self.budget {
        groups.append([])
        held = 0
      }
      groups[groups.count - 1].append(index)
      held += size
    }
    let images = Array(inputs.plan.order.images.prefix(imageLimit))
    let planned = images.count * groups.count
    var result = pairs.map {
      MeasuredInfluence(source: $0.source, target: $0.target, influence: nil)
    }
    for (place, group) in groups.enumerated() {
      let before = place * images.count
      let tallies = try measure(group.compactMap { edges[$0] }, images) {
        report(before + $0, planned)
      }
      for (index, tally) in zip(group, tallies) {
        guard tally.imageCount > 0, let basis = edges[index]?.path.basis else { continue }
        let means = tally.means
        result[index].influence = ConnectionInfluence(
          basis: basis, imageCount: tally.imageCount, excitatory: means.excitatory,
          inhibitory: means.inhibitory)
      }
    }
    return result
  }

  /// The connections with their weights; nil where they cannot be measured.
  private func readyEdges(_ pairs: [LayerPair]) throws(SessionError) -> [InfluenceEdge?] {
    let model = inputs.model
    var edges: [Int] = []
    for pair in pairs {
      edges.append(
        model.network.edges.firstIndex {
          $0.source == .layer(pair.source) && $0.target == .layer(pair.target)
        } ?? -1)
    }
    do throws(ModelFileError) {
      let known = edges.filter { $0 >= 0 }
      let paths = Dictionary(
        zip(known, try model.influencePaths(of: known.map { model.network.edges[$0] })),
        uniquingKeysWith: { first, _ in first })
      var kernel: (layer: LayerID, values: LayerKernel)?
      var result: [InfluenceEdge?] = []
      for index in edges {
        guard let path = paths[index] ?? nil, !isCancelled,
          model.weightCount(of: path.target) <= Self.layerWeights
        else {
          result.append(nil)
          continue
        }
        if kernel?.layer != path.target {
          kernel = (path.target, try model.kernel(of: path.target))
        }
        result.append(kernel.flatMap { InfluenceEdge(path, $0.values, in: model.network) })
      }
      return result
    } catch {
      throw .model(path: inputs.request.modelPath, error)
    }
  }

  private func measure(
    _ edges: [InfluenceEdge], _ images: [Int], report: @escaping @Sendable (Int) -> Void
  ) throws(SessionError) -> [InfluenceTally] {
    let whole = inputs.plan
    let plan = InfluencePlan(
      modelPath: whole.modelPath, imageShape: whole.imageShape, images: images, edges: edges,
      provider: whole.provider, threadCount: whole.threadCount)
    do throws(AnalysisError) {
      let run = try InfluenceRun(
        plan, images: DatasetImages(inputs.dataset, inputs.decision.choice.chosen.preprocessing),
        engine: inputs.engine)
      control.withLock { $0.running = run }
      defer { control.withLock { $0.running = nil } }
      if isCancelled { run.cancel() }
      return try run.measure(report: report)
    } catch {
      throw error == .inference(.cancelled) ? .cancelled : .analysis(error)
    }
  }
}
