/// One cluster of a layer, ready to be shown.
struct ClusterDigest: Sendable {
  /// Label in the clustering; -1 for dead neurons, nil where the layer is not clustered yet.
  var label: Int?
  /// `A`, `B`… in display order; `dead`; `all`.
  var letter: String
  /// What a person calls it.
  var name: String?
  /// What a person noted about it.
  var note: String?
  var isPinned = false
  /// Neurons in display order.
  var members: [Int]
  /// First row of the layer's heatmap that is one of its own.
  var firstRow: Int
  /// Mean over the members of each class's value; one profile a statistic, classes long; empty
  /// before the layer's digest is filled.
  var profiles: [Statistic: [Float]] = [:]
  /// That of means with every member first divided by its largest magnitude.
  var scaledProfile: [Float] = []
  /// Classes above the profile's mean, highest first, at most three.
  var topClasses: [Int] = []
  var deadCount = 0
  /// Members that fire, but at fewer than 1 % of the images; 0 before the digest is filled.
  var rareCount = 0
  /// Members that do what another neuron of the layer does.
  var duplicateCount = 0
  var saturatedCount = 0
  var nonFiniteCount = 0

  /// `B`, or `B sky` where it has a name.
  var title: String { [letter, name].compactMap(\.self).joined(separator: " ") }

  var rows: Range<Int> { firstRow..<firstRow + members.count }
}
