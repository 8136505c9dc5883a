import Analysis
import Atlases

/// Whose scores, and of which figure.
struct ScoreKey: Hashable, Sendable {
  var layer: Int
  /// One that a single image has.
  private(set) var statistic: Statistic
  /// Of the pinned images, not of the one looked at.
  var isPinned: Bool

  init(layer: Int, statistic: Statistic, isPinned: Bool) {
    self.layer = layer
    self.statistic = statistic.ofOneImage
    self.isPinned = isPinned
  }
}

/// Which figure's norms of a layer.
struct NormKey: Hashable, Sendable {
  var layer: Int
  var statistic: Statistic
}

/// How far above what is usual for them a layer's neurons and clusters are on an image.
struct LayerScores: Sendable {
  /// One figure a neuron, on the image.
  let values: [Float]
  /// Standard scores of the neurons: standard deviations above their mean over all images; NaN for
  /// neurons that never vary.
  let neurons: [Double]
  /// Of each cluster in display order, the mean over its neurons that have a score; NaN without
  /// one.
  let clusters: [Double]
  /// Mean of each cluster's figures.
  let clusterValues: [Double]
  /// Places of the clusters, highest score first, those without one last.
  let order: [Int]
  /// Images that mean and deviation rest on.
  let imageCount: Int

  /// - Parameters:
  ///   - values: One a neuron.
  ///   - norms: What is usual for them; nil where no image with a class was analysed.
  /// - Complexity: O(neurons).
  init(_ values: [Float], _ digest: LayerDigest, _ norms: ActivationNorms?) {
    self.values = values
    imageCount = norms?.imageCount ?? 0
    let scores =
      norms.flatMap { $0.means.count == values.count ? $0.scores(values) : nil }
      ?? values.map { _ in .nan }
    neurons = scores
    clusters = digest.clusters.map { cluster in
      let known = cluster.members.map { scores[$0] }.filter(\.isFinite)
      return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    }
    clusterValues = digest.clusters.map { cluster in
      cluster.members.reduce(0) { $0 + Double(values[$1]) } / Double(max(1, cluster.members.count))
    }
    order = places(byScore: clusters)
  }

  /// Neurons of a cluster, highest score first, those without one last.
  func ordered(_ members: [Int]) -> [Int] {
    members.sorted { (rank(neurons[$1]), $0) < (rank(neurons[$0]), $1) }
  }
}

private func places(byScore scores: [Double]) -> [Int] {
  scores.indices.sorted { (rank(scores[$1]), $0) < (rank(scores[$0]), $1) }
}

private func rank(_ score: Double) -> Double { score.isNaN ? -.infinity : score }

extension NeuronResponses {
  func values(_ statistic: Statistic) -> [Float] {
    switch statistic {
    case .mean, .selectivity: spatialMean
    case .max: spatialMax
    case .firing: firingShare
    }
  }
}

extension ActivationStatistics {
  /// Mean and spread over all images of a figure.
  func norms(_ statistic: Statistic) -> ActivationNorms? {
    switch statistic {
    case .mean, .selectivity: meanNorms
    case .max:
      ActivationNorms(
        firstMoments: meanOfMax, secondMoments: secondMomentOfMax, counts: classCounts)
    // The square of 0 or 1 is itself.
    case .firing:
      ActivationNorms(firstMoments: firingShare, secondMoments: firingShare, counts: classCounts)
    }
  }
}

extension Surface {
  /// A layer's scores; asks for them where they are not worked out yet.
  mutating func scores(_ key: ScoreKey, _ state: ExplorerState) -> LayerScores? {
    if let known = state.scores[key] { return known }
    if state.responses(key) != nil { survey.scores.append(key) }
    return nil
  }
}

extension ExplorerState {
  /// What scores are made of; nil while nothing ran.
  func responses(_ key: ScoreKey) -> NeuronResponses? {
    let layers = (key.isPinned ? pinned?.found : looks.found)?.layers
    guard let layers, layers.indices.contains(key.layer) else { return nil }
    return layers[key.layer]
  }

  mutating func ensureScores(_ key: ScoreKey) {
    guard scores[key] == nil, let responses = responses(key), let digest = readyDigest(key.layer),
      responses.neuronCount == digest.neuronCount
    else { return }
    let normKey = NormKey(layer: key.layer, statistic: key.statistic)
    let usual = norms[normKey] ?? digest.statistics?.norms(key.statistic)
    norms[normKey] = usual
    scores[key] = LayerScores(responses.values(key.statistic), digest, usual)
  }

  /// Scores on the image looked at.
  mutating func readyScores(_ layer: Int) -> LayerScores? {
    let key = ScoreKey(layer: layer, statistic: statistic, isPinned: false)
    ensureScores(key)
    return scores[key]
  }
}
