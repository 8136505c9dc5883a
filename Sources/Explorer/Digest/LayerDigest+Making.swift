import Analysis
import Atlases
import Networks
import Tensors

extension LayerDigest {
  /// The whole digest, filled.
  init(_ index: Int, in atlas: Atlas, sortedBy sort: ClassSort? = nil) {
    self.init(outline: index, in: atlas, sortedBy: sort)
    fill(atlas.layers.indices.contains(index) ? atlas.layers[index] : nil)
  }

  /// The clusters and orders, without what takes a look at every figure.
  ///
  /// - Parameter sort: How clusters are sorted; nil for their own order.
  /// - Complexity: O(neurons · log neurons); O(neurons × classes) where they are sorted.
  init(outline index: Int, in atlas: Atlas, sortedBy sort: ClassSort? = nil) {
    let layer = atlas.network.layers[index]
    let part = atlas.layers.indices.contains(index) ? atlas.layers[index] : nil
    let count = max(0, layer.neuronCount)
    let statistics = part?.statistics.flatMap { checked($0, neuronCount: count) }
    let classCount = statistics?.classCount ?? 0
    let similarity = part?.similarity.flatMap { checked($0, neuronCount: count) }
    let duplicates =
      similarity?.duplicateOf(neuronCount: count) ?? Array(repeating: nil, count: count)
    var clusters: [ClusterDigest] = []
    var rows: [Int] = []
    var places = Array(repeating: 0, count: count)
    for group in displayGroups(part, neuronCount: count, sortedBy: sort) {
      for neuron in group.members { places[neuron] = clusters.count }
      var cluster = digest(group, firstRow: rows.count, statistics)
      cluster.take(part?.grouping, label: group.label)
      cluster.duplicateCount = group.members.count { duplicates[$0] != nil }
      clusters.append(cluster)
      rows += group.members
    }
    var rowOfNeuron = Array(repeating: 0, count: count)
    for (row, neuron) in rows.enumerated() { rowOfNeuron[neuron] = row }
    let columns = part?.columnOrder.flatMap { $0.order.count == classCount ? $0 : nil }
    self.init(
      layer: index, neuronCount: count, classCount: classCount, statistics: statistics,
      clusters: clusters, rows: rows, rowOfNeuron: rowOfNeuron, placeOfNeuron: places,
      classOrder: columns?.order.order ?? Array(0..<classCount),
      columnSeriation: columns, silhouette: part?.clustering?.silhouette,
      isEdited: part?.grouping != nil, method: part?.clustering?.method,
      hasActivation: layer.activation != nil,
      comparedImageCount: similarity?.imageCount, duplicates: duplicates,
      closest: similarity?.closest(neuronCount: count) ?? Array(repeating: nil, count: count))
  }
}

extension ClusterDigest {
  /// Takes over what a person said of the cluster with this label.
  fileprivate mutating func take(_ grouping: LayerGrouping?, label: Int?) {
    guard let label, let edited = grouping?.clusters, edited.indices.contains(label) else { return }
    name = edited[label].name
    note = edited[label].note
    isPinned = edited[label].isPinned
  }
}

/// Place of each neuron's cluster in display order, without making a digest.
func displayPlaces(
  _ part: LayerAtlas?, neuronCount: Int, sortedBy sort: ClassSort? = nil
) -> [Int] {
  var places = Array(repeating: 0, count: neuronCount)
  let groups = displayGroups(part, neuronCount: neuronCount, sortedBy: sort)
  for (place, group) in groups.enumerated() {
    for neuron in group.members { places[neuron] = place }
  }
  return places
}

private struct DisplayGroup {
  var label: Int?
  var letter: String
  var members: [Int]
}

/// The statistics when every part has the size the layer and the classes ask for.
private func checked(
  _ statistics: ActivationStatistics, neuronCount: Int
) -> ActivationStatistics? {
  let classCount = statistics.classCounts.count
  let matrices = [
    statistics.meanOfMean, statistics.meanOfMax, statistics.firingShare,
    statistics.secondMomentOfMean, statistics.secondMomentOfMax,
  ]
  let fit = matrices.allSatisfy { $0.rowCount == neuronCount && $0.columnCount == classCount }
  guard fit, statistics.topPatches.count == neuronCount, statistics.health.count == neuronCount,
    statistics.classBest.count == neuronCount * classCount, statistics.imageCount > 0
  else { return nil }
  return statistics
}

/// The similarity when it names only neurons that exist.
private func checked(_ similarity: NeuronSimilarity, neuronCount: Int) -> NeuronSimilarity? {
  let range = 0..<neuronCount
  let fits = similarity.pairs.allSatisfy { range.contains($0.first) && range.contains($0.second) }
  return fits && similarity.imageCount > 0 ? similarity : nil
}

/// Every neuron exactly once, clusters together in display order.
private func displayGroups(
  _ part: LayerAtlas?, neuronCount: Int, sortedBy sort: ClassSort?
) -> [DisplayGroup] {
  let rows =
    part?.rowOrder.flatMap { $0.order.count == neuronCount ? $0.order.order : nil }
    ?? Array(0..<neuronCount)
  guard let clustering = part?.clustering, clustering.labels.count == neuronCount,
    neuronCount > 0
  else { return [DisplayGroup(label: nil, letter: "all", members: rows)] }
  var byLabel: [Int: [Int]] = [:]
  for neuron in rows { byLabel[clustering.labels[neuron], default: []].append(neuron) }
  var labels: [Int] = []
  var seen: Set<Int> = []
  for label in (part?.clusterOrder ?? []) + byLabel.keys.sorted()
  where seen.insert(label).inserted {
    labels.append(label)
  }
  let live = labels.filter { $0 >= 0 && byLabel[$0] != nil }
  var groups = live.enumerated().map { place, label in
    DisplayGroup(
      label: label, letter: part?.letter(of: label, at: place) ?? clusterLetter(place),
      members: byLabel[label] ?? [])
  }
  let statistics = part?.statistics.flatMap { checked($0, neuronCount: neuronCount) }
  if let sort, let statistics, (0..<statistics.classCount).contains(sort.classIndex) {
    let strengths = sort.strengths(statistics)
    let keys = groups.map { meanStrength($0.members, strengths) }
    groups = groups.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { groups[$0] }
  }
  let dead = labels.filter { $0 < 0 }.flatMap { byLabel[$0] ?? [] }
  if !dead.isEmpty { groups.append(DisplayGroup(label: -1, letter: "dead", members: dead)) }
  return groups
}

private func digest(
  _ group: DisplayGroup, firstRow: Int, _ statistics: ActivationStatistics?
) -> ClusterDigest {
  var cluster = ClusterDigest(
    label: group.label, letter: group.letter, members: group.members, firstRow: firstRow)
  guard let statistics else { return cluster }
  for neuron in group.members {
    let health = statistics.health[neuron]
    cluster.deadCount += health.isDead ? 1 : 0
    cluster.saturatedCount += health.isSaturated ? 1 : 0
    cluster.nonFiniteCount += health.nonFiniteCount > 0 ? 1 : 0
  }
  return cluster
}

extension ClassSort {
  /// How strong the class is for each neuron: its share of the neuron's peak, or how far it stands out;
  /// NaN where there is no figure.
  ///
  /// - Complexity: O(neurons × classes).
  fileprivate func strengths(_ statistics: ActivationStatistics) -> [Float] {
    switch statistic {
    case .mean: shares(of: statistics.meanOfMean)
    case .max: shares(of: statistics.meanOfMax)
    case .firing: shares(of: statistics.firingShare)
    case .selectivity: statistics.selectivityScores(of: classIndex).map(Float.init)
    }
  }

  private func shares(of values: Matrix) -> [Float] {
    (0..<values.rowCount).map { neuron in
      let peak = values.row(neuron).reduce(Float(0)) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      return peak > 0 ? values[neuron, classIndex] / peak : .nan
    }
  }
}

/// Over a cluster's neurons, those without a figure counted as nothing.
private func meanStrength(_ members: [Int], _ strengths: [Float]) -> Float {
  members.reduce(Float(0)) { strengths[$1].isFinite ? $0 + strengths[$1] : $0 }
    / Float(max(1, members.count))
}
