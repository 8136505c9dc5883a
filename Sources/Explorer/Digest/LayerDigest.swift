import Analysis
import Atlases
import Networks
import Tensors

/// What the screens need of one layer, worked out once per atlas: checked against the
/// network, in display order, with the means that would be too dear for every frame.
struct LayerDigest: Sendable {
  let layer: Int
  let neuronCount: Int
  let classCount: Int
  /// Nil until images ran, or when its parts do not fit the layer.
  let statistics: ActivationStatistics?
  /// In display order; at least one, which holds every neuron, where nothing is clustered.
  let clusters: [ClusterDigest]
  /// Neurons in display order.
  let rows: [Int]
  /// Row of each neuron.
  let rowOfNeuron: [Int]
  /// Place in `clusters` of each neuron.
  let placeOfNeuron: [Int]
  /// Classes in the layer's own order.
  let classOrder: [Int]
  /// How the row and column orders came out; nil where they were not computed.
  let rowSeriation: SeriationResult?
  let columnSeriation: SeriationResult?
  let silhouette: Double?
  /// Whether a person changed the clusters.
  let isEdited: Bool
  let method: String?
  let scales: [Statistic: HeatRange]
  /// One value a neuron; empty without figures.
  let importances: [Importance: [Double]]
  let kernels: KernelDigest?
  /// Images the comparison of neurons rests on; nil where they were not compared.
  let comparedImageCount: Int?
  /// The neuron's strongest duplicate, if it has one.
  let duplicates: [NeuronPair?]
  /// The pair that responds most alike, duplicate or not.
  let closest: [NeuronPair?]

  /// Neurons × classes.
  func values(_ statistic: Statistic) -> Matrix? {
    switch statistic {
    case .mean: statistics?.meanOfMean
    case .max: statistics?.meanOfMax
    case .firing: statistics?.firingShare
    }
  }

  var hasData: Bool { statistics != nil && classCount > 0 }

  /// The strongest image of a class.
  func classBest(_ neuron: Int, _ classIndex: Int) -> TopPatch? {
    guard let best = statistics?.classBest, (0..<neuronCount).contains(neuron),
      (0..<classCount).contains(classIndex)
    else { return nil }
    return best[neuron * classCount + classIndex]
  }

  /// A neuron's strongest patches; none where it does not exist.
  func topPatches(_ neuron: Int) -> [TopPatch] {
    guard let patches = statistics?.topPatches, patches.indices.contains(neuron) else {
      return []
    }
    return patches[neuron]
  }

  /// The cluster a neuron belongs to.
  func cluster(of neuron: Int) -> ClusterDigest? {
    guard placeOfNeuron.indices.contains(neuron) else { return nil }
    return clusters[placeOfNeuron[neuron]]
  }
}

/// Extremes of one statistic in a layer.
struct HeatRange: Sendable {
  var low: Float = 0
  var high: Float = 0
  /// Largest magnitude of each neuron's row.
  var rowPeaks: [Float] = []

  /// Values below zero need a scale with two ends.
  var isSigned: Bool { low < 0 }
  var peak: Float { max(high, -low) }

  /// Where a value lies between nothing and its scale's end, -1…1; nil when not finite.
  func share(_ value: Float, neuron: Int, scale: HeatScale) -> Double? {
    guard value.isFinite else { return nil }
    let end = scale == .row && rowPeaks.indices.contains(neuron) ? rowPeaks[neuron] : peak
    guard end > 0 else { return 0 }
    return Double(min(1, max(-1, value / end)))
  }
}
