import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// `-3.20±0.41`; the error is left out where it is not known.
func changeText(_ mean: Double?, _ error: Double?, decimals: Int) -> String {
  guard let mean, mean.isFinite else { return "?" }
  let text = "\(mean > 0 ? "+" : "")\(NumberText.fixed(mean, decimals))"
  guard let error, error.isFinite else { return text }
  return "\(text)±\(NumberText.fixed(error, decimals))"
}

extension ContributionMeasure {
  /// What the figures are.
  func title(_ score: ScoreKind) -> String {
    switch self {
    case .score: "\(score.rawValue) of the class"
    case .accuracy: "accuracy in points"
    }
  }

  /// `-1.41±0.12`, or `-6.0±2.1` points.
  func text(_ mean: Double?, _ error: Double?) -> String {
    switch self {
    case .score: changeText(mean, error, decimals: 2)
    case .accuracy: changeText(mean.map { $0 * 100 }, error.map { $0 * 100 }, decimals: 1)
    }
  }

  func overall(_ entry: Contribution, _ counts: [Int]) -> Estimate {
    switch self {
    case .score: entry.overallScoreChange(counts: counts)
    case .accuracy: entry.overallAccuracyChange(counts: counts)
    }
  }
}

extension LayerContributions {
  /// `zeroed, 500 images`.
  var basisText: String {
    let how = replacement == .zero ? "zeroed" : "mean in place"
    return "\(how), \(NumberText.counted(imageCount, "image"))"
  }

  /// Largest magnitude of a class' change, over all sets; 0 where nothing is finite.
  func peak(_ measure: ContributionMeasure) -> Float {
    entries.flatMap { measure.changes($0).means }
      .reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }
}

extension ExplorerState {
  var contributionMeasure: ContributionMeasure { measuring.measure }

  /// Classes by what switching a set off does to them: worst first, or in label order.
  func contributionOrder(_ entry: Contribution) -> [Int] {
    let means = contributionMeasure.changes(entry).means
    guard !usesLabelOrder else { return Array(means.indices) }
    let key = { (index: Int) in means[index].isFinite ? means[index] : Float.infinity }
    return means.indices.sorted { (key($0), $0) < (key($1), $1) }
  }

  /// What the screen's cluster or neuron is, as a set; nil where there is none.
  var contributionSet: [Int]? {
    if view == .neuron { return [selection.neuron] }
    return cluster?.members.sorted()
  }

  /// The selected set's contribution, once measured.
  var selectedContribution: (Contribution, LayerContributions)? {
    guard let set = contributionSet, atlas.layers.indices.contains(selection.layer),
      let all = atlas.layers[selection.layer].contributions, let entry = all.entry(of: set),
      entry.fits(classCount: all.classCounts.count)
    else { return nil }
    return (entry, all)
  }

  /// What the readout line says: the selected set and class, with all that the figure rests on.
  var contributionReadout: [(String, StyleRole)] {
    guard let layer else { return [] }
    let name =
      view == .neuron
      ? "\(layer.name):\(selection.neuron)" : "\(layer.name):\(cluster?.letter ?? "")"
    guard let (entry, all) = selectedContribution else {
      return [(name, .value), ("  \(contributionAbsence(layer: selection.layer))", .warning)]
    }
    let at = selection.classIndex
    guard all.classCounts.indices.contains(at) else { return [(name, .value)] }
    let number = { (value: Float) in Double(value) }
    let score = changeText(
      number(entry.scoreChange[at]), number(entry.scoreError[at]), decimals: 2)
    let accuracy = changeText(
      number(entry.accuracyChange[at]) * 100, number(entry.accuracyError[at]) * 100, decimals: 1)
    return [
      ("\(name) off", .value), (" × \(className(at))", .value),
      ("  \(all.score.rawValue) \(score)", .key), (", accuracy \(accuracy) points", .key),
      (
        " ± standard error · \(all.basisText), \(all.classCounts[at]) of this class", .label
      ),
    ]
  }
}
