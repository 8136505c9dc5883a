import Atlases
import Networks
import Tensors

/// How the clusters of one pane act on those of the next.
struct GutterEdges: Sendable {
  /// What the weights are.
  enum Measure: Hashable, Sendable {
    /// Summed |strength| of the kernels that lead straight from one layer to the other.
    case weights
    /// Summed influence of the source's channels on the target's neurons, means over so many images;
    /// see `ChannelInfluence`.
    case influence(images: Int, InfluencePath.Basis)
    /// The kernels' strengths, each first times the source neuron's mean activation over all images:
    /// where influence was not measured or cannot be.
    case activity
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

/// How edges are to be weighed.
enum EdgeWeighing: Hashable, Sendable {
  case kernels
  /// By influence; by kernels as long as that is on its way.
  case influenceOrKernels
  /// By influence; by kernels and activation where that is not to be had.
  case influenceOrActivity
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
  _ source: LayerDigest, _ target: LayerDigest, in atlas: Atlas, weighing: EdgeWeighing = .kernels
) -> GutterEdges {
  let part = atlas.layers.indices.contains(target.layer) ? atlas.layers[target.layer] : nil
  let direct = part?.connections.filter {
    $0.source == .layer(LayerID(source.layer))
      && $0.strength.rowCount == target.neuronCount
      && $0.strength.columnCount == source.neuronCount
  }
  guard let direct, !direct.isEmpty else { return correlated(source, target) }
  var sums = ClusterSums(source, target)
  guard weighing != .kernels else {
    for connection in direct { sums.add(connection.strength) }
    return ranked(sums.links, .weights)
  }
  if let images = commonInfluence(direct), let basis = direct.first?.influence?.basis {
    for (matrix, sign) in direct.flatMap({ $0.weights(byInfluence: true) }) {
      sums.add(matrix, sign: sign)
    }
    return ranked(sums.links, .influence(images: images, basis))
  }
  let activation =
    weighing == .influenceOrActivity && source.hasData ? source.importances[.activation] : nil
  for connection in direct { sums.add(connection.strength, times: activation) }
  return ranked(sums.links, activation == nil ? .weights : .activity)
}

/// Strengths between neurons summed by cluster, signs apart.
private struct ClusterSums {
  private let source: LayerDigest
  private let target: LayerDigest
  private let width: Int
  private var positive: [Double]
  private var negative: [Double]

  init(_ source: LayerDigest, _ target: LayerDigest) {
    self.source = source
    self.target = target
    width = source.clusters.count
    positive = Array(repeating: 0, count: width * target.clusters.count)
    negative = positive
  }

  /// - Parameters:
  ///   - strength: Neurons of the target × those of the source.
  ///   - sign: Factor of all.
  ///   - activation: Factors of the source's neurons.
  mutating func add(_ strength: Matrix, sign: Float = 1, times activation: [Double]? = nil) {
    guard strength.rowCount == target.neuronCount, strength.columnCount == source.neuronCount else {
      return
    }
    for row in 0..<strength.rowCount {
      let base = target.placeOfNeuron[row] * width
      strength.withRow(row) { values in
        for i in values.indices where values[i].isFinite {
          let at = base + source.placeOfNeuron[i]
          let strength = Double(values[i] * sign) * (activation?[i] ?? 1)
          if strength > 0 { positive[at] += strength }
          if strength < 0 { negative[at] -= strength }
        }
      }
    }
  }

  var links: [ClusterLink] {
    positive.indices.flatMap { at in
      let (target, source) = (at / width, at % width)
      return [
        ClusterLink(source: source, target: target, weight: positive[at], isNegative: false),
        ClusterLink(source: source, target: target, weight: negative[at], isNegative: true),
      ]
    }
  }
}

private func correlated(_ source: LayerDigest, _ target: LayerDigest) -> GutterEdges {
  var links: [ClusterLink] = []
  for (a, left) in source.clusters.enumerated() where left.label != -1 {
    for (b, right) in target.clusters.enumerated() where right.label != -1 {
      let r = correlation(left.scaledProfile, right.scaledProfile)
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
