import Inference
import ModelFiles
import Networks

/// The analysis of the way of feeding images that leads a search, run as far as the search asks.
///
/// The leader mostly wins, and then its images are analysed already. When another takes the lead, what
/// the last one gave is dropped: memory is that of one analysis.
struct LeadingAnalysis {
  /// What would be run, were images fed in one way.
  private let plan: (Preprocessing, ClassMapping) -> AnalysisPlan
  private let dataset: ImageDataset
  private let engine: any InferenceEngine
  /// Of all leaders; nil until the first, and where the engine cannot reduce layers in its runs.
  private var opened: OpenedSession?
  private var isAvailable = true
  private var leader: Leader?

  private struct Leader {
    var preprocessing: Preprocessing
    var outputOfClass: [Int?]
    var analysis: ImageAnalysis
    /// Of images that ran in a batch with others and were not asked for yet; nil for unreadable ones.
    var outputs: [Int: [Float]?] = [:]

    func isFed(_ other: Preprocessing, _ mapping: ClassMapping) -> Bool {
      var same = preprocessing
      same.backgroundOffset = other.backgroundOffset
      return same == other && outputOfClass == mapping.outputs
    }
  }

  /// Models whose weights take more bytes are not opened a second time beside the search.
  static let largestModel = 64 << 20

  init(
    dataset: ImageDataset, engine: any InferenceEngine,
    plan: @escaping (Preprocessing, ClassMapping) -> AnalysisPlan
  ) {
    (self.dataset, self.engine, self.plan) = (dataset, engine, plan)
  }

  /// Runs images of the analysis as `preprocessing` has them.
  ///
  /// - Returns: The network's outputs, nil for an image that cannot be read; images that are not to be
  ///   analysed are missing, and all are where the engine cannot reduce layers in its runs.
  mutating func outputs(
    of images: [Int], _ preprocessing: Preprocessing, _ mapping: ClassMapping
  ) throws(AnalysisError) -> [Int: [Float]?] {
    guard var leader = takeLeader(preprocessing, mapping) else { return [:] }
    let new = images.filter { !leader.outputs.keys.contains($0) }
    let ran = try leader.analysis.outputs(of: new)
    leader.outputs.merge(ran) { _, new in new }
    var found: [Int: [Float]?] = [:]
    for image in images {
      guard let row = leader.outputs.removeValue(forKey: image) else { continue }
      found.updateValue(row, forKey: image)
    }
    self.leader = leader
    return found
  }

  /// The analysis of the way that was chosen; nil unless it leads.
  func analysis(_ preprocessing: Preprocessing, _ mapping: ClassMapping?) -> ImageAnalysis? {
    guard let leader, let mapping, leader.isFed(preprocessing, mapping) else { return nil }
    return leader.analysis
  }

  /// The leader if it is this way, else the new one, of no images.
  private mutating func takeLeader(
    _ preprocessing: Preprocessing, _ mapping: ClassMapping
  ) -> Leader? {
    if let leader = leader.take(), leader.isFed(preprocessing, mapping) { return leader }
    let plan = plan(preprocessing, mapping)
    if opened == nil, isAvailable {
      opened = try? OpenedSession.reducing(plan, engine: engine)
      isAvailable = opened != nil
    }
    guard let opened else { return nil }
    let analysis = ImageAnalysis(
      plan, images: DatasetImages(dataset, preprocessing), opened, engineName: engine.name)
    return Leader(
      preprocessing: preprocessing, outputOfClass: mapping.outputs, analysis: analysis)
  }
}
