import Analysis
import Atlases
import Tensors

extension LayerDigest {
  /// Adds what takes a look at every figure and weight: ranges, importances, kernels, and what the
  /// clusters respond to.
  ///
  /// - Parameters:
  ///   - part: What the atlas holds of the layer.
  ///   - figures: Those of an earlier digest of the same statistics, to save the work.
  ///   - kernels: Those of an earlier digest of the same network.
  /// - Complexity: O(neurons × classes + weights).
  mutating func fill(
    _ part: LayerAtlas?, figures known: LayerFigures? = nil,
    kernels knownKernels: KernelDigest? = nil
  ) {
    guard !isFilled else { return }
    isFilled = true
    kernels = knownKernels ?? part?.kernel.flatMap { KernelDigest($0, neuronCount: neuronCount) }
    guard let statistics else { return }
    let found = known ?? LayerFigures(statistics)
    figures = found
    for place in clusters.indices {
      clusters[place].fill(statistics, found.scales, hasActivation: hasActivation)
    }
  }
}

extension ClusterDigest {
  fileprivate mutating func fill(
    _ statistics: ActivationStatistics, _ scales: [Statistic: HeatRange], hasActivation: Bool
  ) {
    let matrices: [(Statistic, Matrix)] = [
      (.mean, statistics.meanOfMean), (.max, statistics.meanOfMax),
      (.firing, statistics.firingShare),
    ]
    for (statistic, matrix) in matrices {
      let (raw, scaled) = meanProfiles(members, matrix, scales[statistic] ?? HeatRange())
      profiles[statistic] = raw
      scaledProfiles[statistic] = scaled
    }
    topClasses = strongestClasses(scaledProfiles[.mean] ?? [])
    rareCount = hasActivation ? members.count { statistics.isNearlyDead($0) } : 0
  }
}

private func meanProfiles(
  _ members: [Int], _ matrix: Matrix, _ range: HeatRange
) -> (raw: [Float], scaled: [Float]) {
  var raw = Array(repeating: Float(0), count: matrix.columnCount)
  var scaled = raw
  let weight = 1 / Float(max(1, members.count))
  for neuron in members {
    let peak = range.rowPeaks[neuron]
    let inverse = peak > 0 ? weight / peak : 0
    matrix.withRow(neuron) { values in
      var rawSums = raw.mutableSpan
      var scaledSums = scaled.mutableSpan
      for i in values.indices {
        let value = values[i].isFinite ? values[i] : 0
        rawSums[i] += value * weight
        scaledSums[i] += value * inverse
      }
    }
  }
  return (raw, scaled)
}

/// Classes that stand out in a profile: above its mean, highest first, at most three.
func strongestClasses(_ profile: [Float]) -> [Int] {
  guard !profile.isEmpty else { return [] }
  let mean = profile.reduce(0, +) / Float(profile.count)
  let above = profile.indices.filter { profile[$0] > mean }
  return Array(above.sorted { (profile[$1], $0) < (profile[$0], $1) }.prefix(3))
}
