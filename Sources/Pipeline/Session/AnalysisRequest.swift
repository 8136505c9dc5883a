/// What to analyse, and how.
public struct AnalysisRequest: Sendable {
  public var modelPath: String
  public var dataPath: String
  /// The model beside which labels and preprocessing lie, where that is another; else nil.
  public var companionPath: String?
  /// The checkpoint whose weights were put into the graph at ``companionPath``, where that made the model;
  /// else nil.
  public var checkpointPath: String?
  /// Class names in label order, one a line; overrides what the data set says.
  public var classesFile: String?
  /// Images at most, taken in the balanced visiting order; nil for all.
  public var limit: Int?
  /// A specification as ``PreprocessingSpec`` reads it; nil to look for a sidecar, then search.
  public var preprocessing: String?
  public var shardIndex = 1
  public var shardCount = 1
  public var seed: UInt64 = 1
  /// Nil for all cores.
  public var threadCount: Int?
  /// Execution providers of the engine, best first; empty for the CPU.
  public var providers: [String] = []
  /// Where to put the atlas; nil keeps it in the cache only.
  public var outputPath: String?
  /// Look for a finished or half-done analysis of the same content, and keep this one.
  public var usesCache = true
  /// Ignore what the cache holds (but still write to it).
  public var ignoresCached = false
  /// How clusters are to be switched off after the analysis; nil not to.
  public var contributions: AblationOptions?
  /// Whether the influence of layers on each other is to be measured after the analysis.
  public var wantsInfluence = false
  /// Whether intermediate atlases are wanted while images stream.
  public var wantsRefreshes = true

  public init(modelPath: String, dataPath: String) {
    self.modelPath = modelPath
    self.dataPath = dataPath
  }
}
