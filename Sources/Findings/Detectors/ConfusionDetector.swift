import Analysis
import Atlases
import Networks
import Tensors

/// Pairs of classes taken for each other, and the cluster of the last hidden layer that serves both.
struct ConfusionDetector: Detector {
  func findings(in subject: DiagnosisSubject) -> [Finding] {
    guard let result = subject.classification, !subject.isGuessing, !subject.hasCollapsed else {
      return []
    }
    let classes = subject.judgedClasses
    let width = subject.classNames.count + 1
    let least = Int(subject.thresholds[.confusionCount])
    var found: [Finding] = []
    for (place, first) in classes.enumerated() {
      for second in classes[(place + 1)...] {
        // Most pairs of many classes are never taken for each other.
        guard
          result.confusion[first.index * width + second.index] >= least
            || result.confusion[second.index * width + first.index] >= least
        else { continue }
        let forward = taken(first, for: second.index, result, subject)
        let backward = taken(second, for: first.index, result, subject)
        let isForward = forward.share >= backward.share
        let worst = isForward ? forward : backward
        guard isConfusion(worst, subject) else { continue }
        let (truth, other) = isForward ? (first, second) : (second, first)
        found.append(
          finding(truth, other, worst, back: isForward ? backward : forward, subject))
      }
    }
    return found
  }

  private typealias JudgedClass = (index: Int, name: String, count: Int)

  private func taken(
    _ truth: JudgedClass, for predicted: Int, _ result: ClassificationResult,
    _ subject: DiagnosisSubject
  ) -> Proportion {
    Proportion(
      result.confusion[truth.index * (subject.classNames.count + 1) + predicted],
      of: truth.count)
  }

  private func isConfusion(_ taken: Proportion, _ subject: DiagnosisSubject) -> Bool {
    taken.share >= subject.thresholds[.confusionShare]
      && taken.count >= Int(subject.thresholds[.confusionCount])
  }

  private func finding(
    _ truth: JudgedClass, _ other: JudgedClass, _ taken: Proportion, back: Proportion,
    _ subject: DiagnosisSubject
  ) -> Finding {
    let culprit = subject.sharedCluster(truth.index, other.index)
    let names = [truth, other].sorted { $0.index < $1.index }.map(\.name)
    var measures = [
      subject.measure(
        "confusion share", taken.share,
        "share of the images of \(truth.name) whose best output is \(other.name)", .confusionShare)
    ]
    if let culprit {
      measures.append(
        subject.measure(
          "shared response", culprit.response,
          "the cluster's mean response to the weaker of both classes; each neuron's class means "
            + "are divided by its largest"))
    }
    return Finding(
      .confusedClasses, subject: names.joined(separator: "|"),
      severity: taken.lower >= 0.5 ? .error : .warning,
      sentence: "\(taken.count) of \(NumberText.counted(taken.total, "image")) of \(truth.name) "
        + "(\(NumberText.percent(taken.share, 0))) are taken for \(other.name), "
        + "\(back.count) of \(back.total) the other way round\(culprit?.words ?? "").",
      measures: measures, place: .confusion(truth: truth.index, predicted: other.index),
      layers: culprit.map { [$0.layer] } ?? [], neurons: culprit?.neurons ?? [],
      classes: [truth.index, other.index], imageCount: taken.total + back.total,
      weight: taken.share)
  }
}

/// A cluster that responds to two classes alike.
struct SharedCluster {
  var layer: LayerID
  var neurons: [NeuronID]
  var response: Double
  /// `; cluster C of fc1 responds to both`.
  var words: String
}

extension DiagnosisSubject {
  /// The cluster of the last hidden layer whose mean response to the weaker of two classes is
  /// largest; nil where the layer is not clustered or responds below 0.
  func sharedCluster(_ a: Int, _ b: Int) -> SharedCluster? {
    guard let layer = layers.last(where: { feedsOutputLayer($0.layer.id) }),
      let clustering = layer.part.clustering, clustering.labels.count == layer.neuronCount,
      layer.statistics.classCount == classNames.count
    else { return nil }
    let means = layer.statistics.meanOfMean
    let live = layer.part.clusterOrder.filter { $0 >= 0 }
    var best: SharedCluster?
    for (place, label) in live.enumerated() {
      let members = (0..<layer.neuronCount).filter { clustering.labels[$0] == label }
      var (first, second, count) = (0.0, 0.0, 0.0)
      for neuron in members {
        guard let peak = means.row(neuron).max(), peak > 0, peak.isFinite else { continue }
        first += Double(means[neuron, a] / peak)
        second += Double(means[neuron, b] / peak)
        count += 1
      }
      guard count > 0, min(first, second) / count > best?.response ?? 0 else { continue }
      let name = "cluster \(layer.part.letter(of: label, at: place)) of \(layer.layer.name)"
      best = SharedCluster(
        layer: layer.layer.id, neurons: layer.ids(members), response: min(first, second) / count,
        words: "; of all clusters of the last hidden layer, \(name) responds most to both")
    }
    return best
  }
}
