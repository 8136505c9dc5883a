import Analysis
import Atlases
import Networks
import Pipeline
import Tensors

/// What `ablate` tells, as JSON keys and as text.
struct AblationReport: Encodable {
  struct Part: Encodable {
    var layer: String
    var neurons: [Int]
    var neuronCount: Int
  }

  /// Shares and score changes are means over the images; errors are standard errors, absent
  /// below two images.
  struct ClassChange: Encodable {
    var name: String
    var images: Int
    var accuracyBefore: Double?
    var accuracyChange: Double?
    var accuracyError: Double?
    var scoreChange: Double?
    var scoreError: Double?
  }

  struct FlippedImage: Encodable {
    var image: Int
    var label: String
    var before: Int
    var after: Int
    var kind: FlipKind
  }

  var version = 1
  var switchedOff: [Part]
  var replacement: Replacement
  /// Whether scores are logits or probabilities.
  var score: ScoreKind
  var images: Int
  var accuracyBefore: Double?
  var accuracyAfter: Double?
  var accuracyChange: Double?
  var accuracyError: Double?
  var scoreChange: Double?
  var scoreError: Double?
  var classes: [ClassChange]
  var flips: [FlippedImage]
  /// Seconds, summed over threads: the unchanged network from the first cut on; the same with the
  /// neurons switched off, reading and comparing scores included.
  var passSeconds: Double
  var changedSeconds: Double

  init(
    _ whatIf: WhatIf, _ network: Network, classNames: [String], times: AblationStopwatch.Times
  ) {
    (passSeconds, changedSeconds) = (times.pass, times.changed)
    let result = whatIf.result
    switchedOff = whatIf.neurons.map {
      Part(
        layer: network[$0.layer].name, neurons: $0.neurons,
        neuronCount: network[$0.layer].neuronCount)
    }
    (replacement, score, images) = (result.replacement, result.score, result.imageCount)
    (accuracyBefore, accuracyAfter) = (whatIf.accuracyBefore, whatIf.accuracyAfter)
    let accuracy = whatIf.change?.overallAccuracyChange(counts: result.classCounts)
    (accuracyChange, accuracyError) = (accuracy?.mean, accuracy?.standardError)
    let scores = whatIf.change?.overallScoreChange(counts: result.classCounts)
    (scoreChange, scoreError) = (scores?.mean, scores?.standardError)
    let name = { (index: Int) in
      classNames.indices.contains(index) ? classNames[index] : "class \(index)"
    }
    classes = result.classCounts.enumerated().map { index, count in
      ClassChange(
        name: name(index), images: count, accuracyBefore: finite(result.accuracyBefore[index]),
        accuracyChange: whatIf.change.flatMap { finite($0.accuracyChange[index]) },
        accuracyError: whatIf.change.flatMap { finite($0.accuracyError[index]) },
        scoreChange: whatIf.change.flatMap { finite($0.scoreChange[index]) },
        scoreError: whatIf.change.flatMap { finite($0.scoreError[index]) })
    }
    flips = whatIf.flips.map {
      FlippedImage(
        image: $0.image, label: name($0.label), before: $0.before, after: $0.after, kind: $0.kind)
    }
  }

  /// Lines for people.
  func text() -> String {
    var lines = switchedOff.map {
      "switched off  \($0.neurons.count) of \($0.neuronCount) neurons of \($0.layer)"
    }
    let replaced = replacement == .zero ? "zero" : "the neuron's mean"
    lines.append("in its place  \(replaced)")
    lines.append("images        \(NumberText.grouped(images))")
    if let accuracyBefore, let accuracyAfter {
      lines.append(
        "accuracy      \(NumberText.percent(accuracyBefore)) before,"
          + " \(NumberText.percent(accuracyAfter)) after:"
          + " \(points(accuracyChange, accuracyError))")
    }
    let gap = String(repeating: " ", count: max(1, 14 - score.rawValue.count))
    lines.append("\(score.rawValue)\(gap)\(change(scoreChange, scoreError))")
    let counts = FlipKind.allCases.map { kind in
      "\(flips.count { $0.kind == kind }) \(kind.rawValue)"
    }
    lines.append("flips         \(counts.joined(separator: ", "))")
    return plainText(lines + [""] + classLines)
  }

  /// A heading and a line a class that has images.
  private var classLines: [String] {
    let heading = ["class", "images", "before", "change in points", score.rawValue]
    return alignedColumns(
      [heading]
        + classes.filter { $0.images > 0 }.map { row in
          [
            row.name, "\(row.images)", row.accuracyBefore.map { NumberText.percent($0) } ?? "",
            points(row.accuracyChange, row.accuracyError),
            change(row.scoreChange, row.scoreError),
          ]
        }, widestFirst: 24)
  }

  private func points(_ mean: Double?, _ error: Double?) -> String {
    change(mean.map { $0 * 100 }, error.map { $0 * 100 }, decimals: 1)
  }

  /// `-3.20 ± 0.41`; the error is left out where there is none.
  private func change(_ mean: Double?, _ error: Double?, decimals: Int = 2) -> String {
    guard let mean else { return "unknown" }
    let sign = mean > 0 ? "+" : ""
    let text = "\(sign)\(NumberText.fixed(mean, decimals))"
    return error.map { "\(text) ± \(NumberText.fixed($0, decimals))" } ?? text
  }
}

private func finite(_ value: Float) -> Double? { value.isFinite ? Double(value) : nil }
