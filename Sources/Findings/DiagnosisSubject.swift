import Analysis
import Atlases
import Networks
import Tensors

/// An atlas as detectors look at it: only parts whose sizes fit together.
struct DiagnosisSubject: Sendable {
  let atlas: Atlas
  let training: Atlas?
  let removals: [RemovalTrial]
  let thresholds: Thresholds
  /// Layers with statistics over enough images to judge neurons by.
  let layers: [JudgedLayer]
  /// Nil unless its sizes fit the classes.
  let classification: ClassificationResult?
  /// Labelled images of each class; empty without a classification.
  let classImageCounts: [Int]
  /// Images by their best output: classes in order, then outputs that are none of them.
  let answerCounts: [Int]

  init(
    _ atlas: Atlas, training: Atlas?, removals: [RemovalTrial] = [], _ thresholds: Thresholds
  ) {
    self.atlas = atlas
    self.removals = removals
    self.training = training
    self.thresholds = thresholds
    let minimum = Int(thresholds[.imagesMinimum])
    layers = zip(atlas.network.layers, atlas.layers).compactMap { layer, part in
      guard let statistics = part.statistics, statistics.imageCount >= minimum else { return nil }
      return JudgedLayer(layer, part, statistics)
    }
    classification = Self.fittingClassification(atlas)
    let confusion = classification?.confusion ?? []
    let width = atlas.classNames.count + 1
    var (rows, columns) = (
      Array(repeating: 0, count: confusion.count / width), Array(repeating: 0, count: width)
    )
    for place in confusion.indices {
      rows[place / width] += confusion[place]
      columns[place % width] += confusion[place]
    }
    (classImageCounts, answerCounts) = (rows, columns)
  }

  private static func fittingClassification(_ atlas: Atlas) -> ClassificationResult? {
    let classCount = atlas.classNames.count
    guard let result = atlas.classification, classCount > 0, result.labeledCount > 0,
      result.confusion.count == classCount * (classCount + 1),
      result.outputOfClass.count == classCount
    else { return nil }
    return result
  }

  var imageCount: Int { atlas.provenance.analyzedImageCount }
  var classNames: [String] { atlas.classNames }

  /// Classes that have images, as a share of the network's outputs; nil where unknown.
  var coverage: Double? {
    guard let result = classification, result.outputCount > 0 else { return nil }
    let shown = classImageCounts.count { $0 > 0 }
    return Double(shown) / Double(result.outputCount)
  }

  /// Whether the images show enough of what the network knows to call a neuron idle.
  var showsEnough: Bool { coverage.map { $0 >= thresholds[.coverageMinimum] } ?? true }

  /// ` on 500 images`, and what they leave out.
  func onImages(_ count: Int) -> String { " on " + counted(count) }

  /// `500 images`, and what they leave out.
  func counted(_ count: Int) -> String {
    let images = NumberText.counted(count, "image")
    guard !showsEnough, let result = classification else { return images }
    let shown = Int(((coverage ?? 0) * Double(result.outputCount)).rounded())
    return images + ", which show \(NumberText.grouped(shown)) of the network's "
      + NumberText.counted(result.outputCount, "output")
  }

  /// `severity`, or no more than info where the images show too little of what the network knows.
  func tempered(_ severity: FindingSeverity) -> FindingSeverity {
    showsEnough ? severity : .info
  }

  /// Severity of a share: info, warning or error by two thresholds.
  func severity(_ share: Double, _ warning: Threshold, _ error: Threshold? = nil) -> FindingSeverity
  {
    if let error, share >= thresholds[error] { return .error }
    return share >= thresholds[warning] ? .warning : .info
  }

  func measure(
    _ name: String, _ value: Double, _ definition: String, _ threshold: Threshold? = nil
  ) -> FindingMeasure {
    FindingMeasure(
      name, value, definition, threshold: threshold, limit: threshold.map { thresholds[$0] })
  }
}

/// A layer with statistics that fit it.
struct JudgedLayer: Sendable {
  let layer: Layer
  let part: LayerAtlas
  let statistics: ActivationStatistics

  /// Nil when a part has another size than the layer or the classes ask for.
  init?(_ layer: Layer, _ part: LayerAtlas, _ statistics: ActivationStatistics) {
    let (neurons, classes) = (layer.neuronCount, statistics.classCounts.count)
    let matrices = [
      statistics.meanOfMean, statistics.meanOfMax, statistics.secondMomentOfMean,
      statistics.secondMomentOfMax, statistics.firingShare,
    ]
    guard neurons > 0, statistics.health.count == neurons,
      statistics.topPatches.count == neurons,
      matrices.allSatisfy({ $0.rowCount == neurons && $0.columnCount == classes })
    else { return nil }
    self.layer = layer
    self.part = part
    self.statistics = statistics
  }

  var neuronCount: Int { layer.neuronCount }
  var imageCount: Int { statistics.imageCount }

  /// The neurons that satisfy `condition`.
  func neurons(where condition: (Int) -> Bool) -> [NeuronID] {
    ids((0..<neuronCount).filter(condition))
  }

  func ids(_ neurons: [Int]) -> [NeuronID] {
    neurons.map { NeuronID(layer: layer.id, channel: $0) }
  }

  /// `3 of 16 neurons of conv1`, and where they do something: `1 of 16 neurons of conv1 fires`.
  func counted(_ count: Int, _ verb: (one: String, many: String)? = nil) -> String {
    "\(NumberText.grouped(count)) of \(NumberText.counted(neuronCount, "neuron")) of \(layer.name)"
      + (verb.map { " \(count == 1 ? $0.one : $0.many)" } ?? "")
  }

  /// Neurons whose duplicate comes earlier in the layer.
  func redundantNeurons(_ thresholds: Thresholds) -> [Int] {
    guard let similarity = part.similarity,
      similarity.imageCount >= Int(thresholds[.imagesMinimum]),
      similarity.pairs.allSatisfy({ $0.first >= 0 && $0.second < neuronCount })
    else { return [] }
    return similarity.redundantNeurons(at: Float(thresholds[.duplicateCosine]))
  }
}
