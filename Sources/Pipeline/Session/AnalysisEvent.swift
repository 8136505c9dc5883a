public import Analysis
import Atlases

/// What an analysis tells while it runs, in order.
public enum AnalysisEvent: Sendable {
  /// The model was read: structure and weights, no activations.
  case opened(Atlas)
  /// A step began: `looking for the preprocessing`.
  case phase(String)
  case progress(AnalysisProgressReport)
  /// The atlas of the images so far.
  case refreshed(Atlas)
  /// Everything that was asked for is done, or the analysis was stopped and kept.
  case finished(AnalysisOutcome)
}

/// How an analysis ended.
public struct AnalysisOutcome: Sendable {
  public var atlas: Atlas
  /// Where the atlas lies; nil when it was not to be kept.
  public var path: String?
  public var isComplete: Bool
  /// Seconds from the first image to the last.
  public var seconds: Double
  /// What each layer gave on single images, where no file keeps it; else nil.
  public var samples: [ActivationSample]?
  /// True when nothing had to run because the cache held it all.
  public var cameFromCache: Bool

  public init(
    atlas: Atlas, path: String?, isComplete: Bool, seconds: Double, cameFromCache: Bool
  ) {
    self.atlas = atlas
    self.path = path
    self.isComplete = isComplete
    self.seconds = seconds
    self.cameFromCache = cameFromCache
  }
}

/// How far an analysis is.
public struct AnalysisProgressReport: Equatable, Sendable {
  /// Images summarised or found unreadable, those of a resumed part included.
  public var done: Int
  public var planned: Int
  /// Images a second, over the last seconds; 0 until known.
  public var rate: Double
  public var secondsLeft: Double?
  public var unreadableCount: Int

  public init(
    done: Int, planned: Int, rate: Double, secondsLeft: Double?, unreadableCount: Int
  ) {
    self.done = done
    self.planned = planned
    self.rate = rate
    self.secondsLeft = secondsLeft
    self.unreadableCount = unreadableCount
  }
}
