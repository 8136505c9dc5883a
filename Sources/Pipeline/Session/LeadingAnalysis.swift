import Inference
import ModelFiles
import Networks

/// The analysis of the way of feeding images that leads a search, run as far as the search asks.
///
/// The leader mostly wins, and then its images are analysed already. When another takes the lead, what
/// the last one gave is dropped: memory is that of one analysis. All ways share one session of the
/// engine, whose runs reduce layers for the leader only.
struct LeadingAnalysis {
  private let opened: OpenedSession
  private let dataset: ImageDataset
  private let engine: any InferenceEngine
  /// What would be run, were images fed in one way.
  private let plan: (Preprocessing, [Int?]?) -> AnalysisPlan
  private var leader: Leader?

  private struct Leader {
    var preprocessing: Preprocessing
    var outputOfClass: [Int?]?
    var analysis: ImageAnalysis
    /// Of images that ran in a batch with others and were not asked for yet; nil for unreadable ones.
    var outputs: [Int: [Float]?] = [:]

    func isFed(_ other: Preprocessing, _ mapping: ClassMapping?) -> Bool {
      var same = preprocessing
      same.backgroundOffset = other.backgroundOffset
      return same == other && outputOfClass == mapping?.outputs
    }
  }

  /// Nil where the engine cannot reduce layers inside its runs, or a run would take several threads.
  ///
  /// - Parameters:
  ///   - any: Any way of feeding images.
  ///   - plan: The analysis, given a way and the output for each class.
  init?(
    _ any: Preprocessing, dataset: ImageDataset, engine: any InferenceEngine,
    plan: @escaping (Preprocessing, [Int?]?) -> AnalysisPlan
  ) {
    guard let opened = try? OpenedSession.reducing(plan(any, nil), engine: engine),
      opened.shape.threadsPerWorker == 1
    else { return nil }
    opened.setReducing(false)
    (self.opened, self.dataset, self.engine, self.plan) = (opened, dataset, engine, plan)
  }

  /// For runs of all ways; they yield the network's answer and nothing else.
  var session: any InferenceSession { opened.session }

  /// Images in a batch of the analysis; more in those of others would make the session keep more memory.
  var batchSize: Int { opened.shape.batchSize }

  /// Runs images of the analysis as `preprocessing` has them.
  ///
  /// - Returns: The network's outputs, nil for an image that cannot be read; images that are not to be
  ///   analysed are missing.
  mutating func outputs(
    of images: [Int], _ preprocessing: Preprocessing, _ mapping: ClassMapping
  ) throws(AnalysisError) -> [Int: [Float]?] {
    var leader = takeLeader(preprocessing, mapping)
    opened.setReducing(true)
    defer { opened.setReducing(false) }
    let ran = try leader.analysis.outputs(
      of: images.filter { !leader.outputs.keys.contains($0) })
    leader.outputs.merge(ran) { _, new in new }
    var found: [Int: [Float]?] = [:]
    for image in images {
      guard let row = leader.outputs.removeValue(forKey: image) else { continue }
      found.updateValue(row, forKey: image)
    }
    self.leader = leader
    return found
  }

  /// The analysis of the way that was chosen, as far as it ran, to be gone on with; the search is over.
  mutating func analysis(_ preprocessing: Preprocessing, _ mapping: ClassMapping?) -> ImageAnalysis
  {
    opened.setReducing(true)
    return takeLeader(preprocessing, mapping).analysis
  }

  /// The leader if it is this way, else a new one, of no images.
  private mutating func takeLeader(
    _ preprocessing: Preprocessing, _ mapping: ClassMapping?
  ) -> Leader {
    if let leader = leader.take(), leader.isFed(preprocessing, mapping) { return leader }
    return Leader(
      preprocessing: preprocessing, outputOfClass: mapping?.outputs,
      analysis: ImageAnalysis(
        plan(preprocessing, mapping?.outputs), images: DatasetImages(dataset, preprocessing),
        opened, engineName: engine.name))
  }
}
