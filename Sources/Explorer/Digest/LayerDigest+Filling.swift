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
      clusters[place].fill(statistics, found, hasActivation: hasActivation)
    }
  }
}

extension ClusterDigest {
  fileprivate mutating func fill(
    _ statistics: ActivationStatistics, _ figures: LayerFigures, hasActivation: Bool
  ) {
    let matrices: [(Statistic, Matrix)] = [
      (.mean, statistics.meanOfMean), (.max, statistics.meanOfMax),
      (.firing, statistics.firingShare), (.selectivity, figures.selectivity),
    ]
    for (statistic, matrix) in matrices {
      let (raw, scaled) = meanProfiles(members, matrix, figures.scales[statistic] ?? HeatRange())
      profiles[statistic] = raw
      scaledProfiles[statistic] = scaled
    }
    topClasses = strongestClasses(scaledProfiles[.mean] ?? [])
    rareCount = hasActivation ? members.count { figures.isNearlyDead[$0] } : 0
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
      add(values, times: weight, to: &raw)
      add(values, times: inverse, to: &scaled)
    }
  }
  return (raw, scaled)
}

/// Adds multiples of the values that are finite. Apart, so that both have one length that the compiler
/// knows of: it then adds in vectors.
private func add(_ values: Span<Float>, times factor: Float, to sums: inout [Float]) {
  precondition(values.count == sums.count)
  var sums = sums.mutableSpan
  for i in values.indices {
    let isFinite = values[i].magnitude < .infinity
    sums[i] += (isFinite ? values[i] : 0) * factor
  }
}

/// Classes that stand out in a profile: above its mean, highest first, at most three.
func strongestClasses(_ profile: [Float]) -> [Int] {
  guard !profile.isEmpty else { return [] }
  let mean = profile.reduce(0, +) / Float(profile.count)
  let above = profile.indices.filter { profile[$0] > mean }
  return Array(above.sorted { (profile[$1], $0) < (profile[$0], $1) }.prefix(3))
}
