import Atlases
import Networks
import Tensors

/// How the clusters of one pane act on those of the next.
struct GutterEdges: Sendable {
  /// What the weights are.
  enum Measure: Hashable, Sendable, CaseIterable {
    /// Summed |strength| of the kernels that lead straight from one layer to the other.
    case weights
    /// The same, each strength first times the source neuron's mean activation over all images.
    case influence
    /// Layers lie between: |correlation| of the clusters' class profiles.
    case alike
  }

  var measure: Measure
  /// Strongest first.
  var links: [ClusterLink]
  var total: Double

  /// Share of the total weight that the first `count` links hold.
  func share(ofFirst count: Int) -> Double {
    total > 0 ? links.prefix(count).reduce(0) { $0 + $1.weight } / total : 0
  }
}

/// One line between two clusters, by their places in the layers' display order.
struct ClusterLink: Hashable, Sendable {
  var source: Int
  var target: Int
  /// Never negative.
  var weight: Double
  /// Inhibitory, or opposed profiles.
  var isNegative: Bool
}

/// Which two layers.
struct GutterKey: Hashable, Sendable {
  var source: Int
  var target: Int

  func touches(_ layer: Int) -> Bool { source == layer || target == layer }
}

/// The links between two layers; excitatory and inhibitory weights are never netted.
///
/// - Complexity: O(source neurons × target neurons), or O(clusters² × classes).
func gutterEdges(
  _ source: LayerDigest, _ target: LayerDigest, in atlas: Atlas, usesInfluence: Bool = false
) -> GutterEdges {
  let part = atlas.layers.indices.contains(target.layer) ? atlas.layers[target.layer] : nil
  let direct = part?.connections.filter {
    $0.source == .layer(LayerID(source.layer))
      && $0.strength.rowCount == target.neuronCount
      && $0.strength.columnCount == source.neuronCount
  }
  if let direct, !direct.isEmpty {
    let activation =
      usesInfluence && source.hasData ? source.importances[.activation] : nil
    return summed(direct.map(\.strength), source, target, activation)
  }
  return correlated(source, target)
}

private func summed(
  _ strengths: [Matrix], _ source: LayerDigest, _ target: LayerDigest, _ activation: [Double]?
) -> GutterEdges {
  let width = source.clusters.count
  var positive = Array(repeating: 0.0, count: width * target.clusters.count)
  var negative = positive
  for strength in strengths {
    for row in 0..<strength.rowCount {
      let base = target.placeOfNeuron[row] * width
      strength.withRow(row) { values in
        for i in values.indices where values[i].isFinite {
          let at = base + source.placeOfNeuron[i]
          let strength = Double(values[i]) * (activation?[i] ?? 1)
          if strength > 0 { positive[at] += strength }
          if strength < 0 { negative[at] -= strength }
        }
      }
    }
  }
  var links: [ClusterLink] = []
  for at in positive.indices {
    let (target, source) = (at / width, at % width)
    links.append(
      ClusterLink(source: source, target: target, weight: positive[at], isNegative: false))
    links.append(
      ClusterLink(source: source, target: target, weight: negative[at], isNegative: true))
  }
  return ranked(links, activation == nil ? .weights : .influence)
}

private func correlated(_ source: LayerDigest, _ target: LayerDigest) -> GutterEdges {
  var links: [ClusterLink] = []
  for (a, left) in source.clusters.enumerated() where left.label != -1 {
    for (b, right) in target.clusters.enumerated() where right.label != -1 {
      let r = correlation(left.scaledProfiles[.mean] ?? [], right.scaledProfiles[.mean] ?? [])
      links.append(
        ClusterLink(source: a, target: b, weight: r.magnitude, isNegative: r < 0))
    }
  }
  return ranked(links, .alike)
}

private func ranked(_ links: [ClusterLink], _ measure: GutterEdges.Measure) -> GutterEdges {
  let kept = links.filter { $0.weight > 0 && $0.weight.isFinite }.sorted {
    ($1.weight, $0.target, $0.source, $0.isNegative ? 1 : 0)
      < ($0.weight, $1.target, $1.source, $1.isNegative ? 1 : 0)
  }
  return GutterEdges(
    measure: measure, links: kept, total: kept.reduce(0) { $0 + $1.weight })
}

/// Pearson's correlation; 0 where one side does not vary or the lengths differ.
func correlation(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count, a.count > 1 else { return 0 }
  let n = Double(a.count)
  let (meanA, meanB) = (Double(a.reduce(0, +)) / n, Double(b.reduce(0, +)) / n)
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for i in a.indices {
    let (x, y) = (Double(a[i]) - meanA, Double(b[i]) - meanB)
    ab += x * y
    aa += x * x
    bb += y * y
  }
  let scale = (aa * bb).squareRoot()
  return scale > 0 && scale.isFinite ? min(1, max(-1, ab / scale)) : 0
}
