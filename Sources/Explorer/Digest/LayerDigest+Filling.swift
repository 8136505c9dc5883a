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
    let weights = members.map { _ in 1 / Float(max(1, members.count)) }
    profiles = [
      .mean: weightedSum(of: members, weights, statistics.meanOfMean),
      .max: weightedSum(of: members, weights, statistics.meanOfMax),
      .firing: weightedSum(of: members, weights, statistics.firingShare),
      .selectivity: weightedSum(of: members, weights, figures.selectivity),
    ]
    let peaks = figures.scales[.mean]?.rowPeaks ?? []
    scaledProfile = weightedSum(
      of: members, zip(members, weights).map { peaks[$0] > 0 ? $1 / peaks[$0] : 0 },
      statistics.meanOfMean)
    topClasses = strongestClasses(scaledProfile)
    rareCount = hasActivation ? members.count { figures.isNearlyDead[$0] } : 0
  }
}

private func weightedSum(of rows: [Int], _ weights: [Float], _ matrix: Matrix) -> [Float] {
  var sums = Array(repeating: Float(0), count: matrix.columnCount)
  for (row, weight) in zip(rows, weights) {
    matrix.withRow(row) { add($0, times: weight, to: &sums) }
  }
  return sums
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
  var strongest: [Int] = []
  for (index, value) in profile.enumerated() where value > mean {
    if strongest.count == 3, value <= profile[strongest[2]] { continue }
    let place = strongest.firstIndex { profile[$0] < value } ?? strongest.count
    strongest.insert(index, at: place)
    if strongest.count > 3 { strongest.removeLast() }
  }
  return strongest
}
