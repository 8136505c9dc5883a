import Atlases
import Networks
import Pipeline
import Tensors

/// What `analyze` says to people.
enum AnalysisText {
  /// `resnet20.onnx: 512 of 10,000 images, 830/s, 0:11 left`.
  static func progress(_ report: AnalysisProgressReport) -> String {
    var parts = [
      "\(NumberText.grouped(report.done)) of \(NumberText.counted(report.planned, "image"))"
    ]
    if report.rate > 0 { parts.append("\(rate(report.rate))/s") }
    if let left = report.secondsLeft { parts.append("\(NumberText.duration(seconds: left)) left") }
    if report.unreadableCount > 0 {
      parts.append("\(NumberText.grouped(report.unreadableCount)) unreadable")
    }
    return parts.joined(separator: ", ")
  }

  /// The lines that sum up an analysis.
  static func summary(_ outcome: AnalysisOutcome) -> String {
    let time = NumberText.duration(seconds: outcome.seconds)
    return summary(
      of: outcome.atlas, path: outcome.path,
      how: outcome.cameFromCache ? "from the cache" : "in \(time)")
  }

  /// What an atlas rests on, and where it lies.
  static func summary(of atlas: Atlas, path: String?, how: String?) -> String {
    let facts = atlas.provenance
    var lines = [images(atlas) + (how.map { ", \($0)" } ?? "")]
    if let result = atlas.classification, let top1 = result.top1, let top5 = result.top5 {
      let shares = "\(NumberText.percent(top1)) top-1, \(NumberText.percent(top5)) top-5"
      lines.append(
        "accuracy       \(shares) of \(NumberText.grouped(result.labeledCount)) labelled")
    }
    if let choice = facts.preprocessing {
      lines.append(
        "preprocessing  \(choice.summary): \(choice.reason)")
    }
    if !facts.engine.isEmpty { lines.append("engine         \(facts.engine)") }
    if let path { lines.append("atlas          \(path)") }
    if facts.unreadableImageCount > 0 {
      lines.append("unreadable     \(NumberText.counted(facts.unreadableImageCount, "image")):")
      lines += facts.unreadableImages.prefix(10).map { "               \($0)" }
    }
    let left = atlas.layersLeftOut
    if let first = left.first {
      let others = left.count > 1 ? " and \(left.count - 1) more" : ""
      lines.append(
        "left out       \(atlas.network[first].name)\(others): their output is not one row an image"
      )
    }
    lines += (atlas.dataset?.notes ?? []).prefix(10).map { "note           \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func images(_ atlas: Atlas) -> String {
    let facts = atlas.provenance
    let (seen, planned) = (facts.analyzedImageCount, facts.plannedImageCount)
    let count =
      seen == planned
      ? NumberText.grouped(seen)
      : "\(NumberText.grouped(seen)) of \(NumberText.grouped(planned))"
    return "images         \(count)" + (atlas.dataset.map { " of \($0.name)" } ?? "")
  }

  private static func rate(_ value: Double) -> String {
    value < 10 ? NumberText.fixed(value, 1) : NumberText.grouped(Int(min(value, 1e9).rounded()))
  }
}
