import Analysis
import Atlases
import Networks
import Tensors

/// What the screens need of one layer, worked out once per atlas: checked against the
/// network, in display order, with the means that would be too dear for every frame.
///
/// An outline comes first: everything but the parts that ``fill(_:figures:kernels:)`` adds. Keys
/// need no more than the outline.
struct LayerDigest: Sendable {
  let layer: Int
  let neuronCount: Int
  let classCount: Int
  /// Nil until images ran, or when its parts do not fit the layer.
  let statistics: ActivationStatistics?
  /// In display order; at least one, which holds every neuron, where nothing is clustered.
  var clusters: [ClusterDigest]
  /// Neurons in display order.
  let rows: [Int]
  /// Row of each neuron.
  let rowOfNeuron: [Int]
  /// Place in `clusters` of each neuron.
  let placeOfNeuron: [Int]
  /// Classes in the layer's own order.
  let classOrder: [Int]
  /// How the order of the columns came out; nil where it was not computed.
  let columnSeriation: SeriationResult?
  let silhouette: Double?
  /// Whether a person changed the clusters.
  let isEdited: Bool
  let method: String?
  /// Whether values below 0 cannot be told from silence: the layer has an activation.
  let hasActivation: Bool
  /// Whether ``fill(_:figures:kernels:)`` was done.
  var isFilled = false
  var figures: LayerFigures?
  var kernels: KernelDigest?
  /// Images the comparison of neurons rests on; nil where they were not compared.
  let comparedImageCount: Int?
  /// The neuron's strongest duplicate, if it has one.
  let duplicates: [NeuronPair?]
  /// The pair that responds most alike, duplicate or not.
  let closest: [NeuronPair?]

  /// Ends of the colours; empty before the digest is filled and without figures.
  var scales: [Statistic: HeatRange] { figures?.scales ?? [:] }

  /// One value a neuron; empty before the digest is filled and without figures.
  var importances: [Importance: [Double]] { figures?.importances ?? [:] }

  /// Neurons × classes.
  func values(_ statistic: Statistic) -> Matrix? {
    switch statistic {
    case .mean: statistics?.meanOfMean
    case .max: statistics?.meanOfMax
    case .firing: statistics?.firingShare
    case .selectivity: figures?.selectivity ?? statistics?.selectivityScores()
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

  /// Classes as they are shown: by label, or in the layer's own order.
  func classOrder(byLabel: Bool) -> [Int] { byLabel ? Array(0..<classCount) : classOrder }

  /// Rows of a cluster in display order, or of the layer where `place` is nil or not one.
  func rowRange(_ place: Int?) -> Range<Int> {
    guard let place, clusters.indices.contains(place) else { return 0..<rows.count }
    return clusters[place].rows
  }

  /// The row a neuron stands in; nil where it does not exist.
  func row(of neuron: Int) -> Int? {
    rowOfNeuron.indices.contains(neuron) ? rowOfNeuron[neuron] : nil
  }

  /// The cluster a neuron belongs to.
  func cluster(of neuron: Int) -> ClusterDigest? {
    guard placeOfNeuron.indices.contains(neuron) else { return nil }
    return clusters[placeOfNeuron[neuron]]
  }
}
