import Atlases
import Pipeline

/// The lines of `analyze --json`, stable within a version.
enum AnalysisJSON {
  static let version = 1

  struct Phase: Encodable {
    var event = "phase"
    var phase: String
  }

  struct Progress: Encodable {
    var event = "progress"
    var done: Int
    var planned: Int
    var rate: Double
    var secondsLeft: Double?
    var unreadable: Int

    init(_ report: AnalysisProgressReport) {
      (done, planned, rate) = (report.done, report.planned, report.rate)
      (secondsLeft, unreadable) = (report.secondsLeft, report.unreadableCount)
    }
  }

  /// The last line: `done` when everything ran, `stopped` when a part was kept.
  struct Done: Encodable {
    var event: String
    var version = AnalysisJSON.version
    var images: Int
    var planned: Int
    var unreadable: Int
    var unreadableImages: [String]
    var labeled: Int?
    /// Shares of the labelled images; absent when the network is no classifier of them.
    var top1: Double?
    var top5: Double?
    var seconds: Double
    var cached: Bool
    var engine: String
    var preprocessing: PreprocessingReport?
    var output: String?

    init(_ outcome: AnalysisOutcome) {
      let facts = outcome.atlas.provenance
      event = outcome.isComplete ? "done" : "stopped"
      (images, planned) = (facts.analyzedImageCount, facts.plannedImageCount)
      (unreadable, unreadableImages) = (facts.unreadableImageCount, facts.unreadableImages)
      labeled = outcome.atlas.classification?.labeledCount
      top1 = outcome.atlas.classification?.top1
      top5 = outcome.atlas.classification?.top5
      (seconds, cached, engine) = (outcome.seconds, outcome.cameFromCache, facts.engine)
      preprocessing = facts.preprocessing.map(PreprocessingReport.init)
      output = outcome.path
    }
  }

  struct Failed: Encodable {
    var event = "failed"
    var version = AnalysisJSON.version
    var error: String
  }
}
