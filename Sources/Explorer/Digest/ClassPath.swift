import Atlases
import Networks
import Tensors

/// The strongest way from the network's input to one class, cluster by cluster.
///
/// Followed from the class back: each step goes to the cluster from which most of the summed
/// |strength|, or influence, comes, whatever layer it is in; the later layer among equals. (The largest product
/// of shares would always be a short cut along a residual stream.)
struct ClassPath: Hashable, Sendable {
  /// One cluster on the way.
  struct Step: Hashable, Sendable {
    var layer: Int
    /// Place of the cluster in display order.
    var place: Int
    /// Share of the strength into this cluster that comes from the step before; from the
    /// network's input for the first.
    var share: Double
    /// Whether most of that is inhibitory.
    var isNegative: Bool
    /// Images that the share rests on where it is one of influence; nil where it is one of |strength|
    /// of the kernels.
    var influenceImages: Int?
  }

  var classIndex: Int
  /// From the input on; the last holds the class's output neuron.
  var steps: [Step]
  /// Step last gone to.
  var at = 0

  /// Whether the path leads from one cluster straight to the other.
  func links(_ gutter: GutterKey, _ source: Int, _ target: Int) -> Bool {
    zip(steps, steps.dropFirst()).contains { from, to in
      (from.layer, from.place, to.layer, to.place)
        == (gutter.source, source, gutter.target, target)
    }
  }
}

/// - Parameters:
///   - sort: As clusters are displayed, so that places are theirs.
///   - byInfluence: Goes by influence into every layer where it is known of all that leads there.
/// - Returns: Nil where no layer holds the class's output or nothing is known of its weights.
///
/// - Complexity: O(connection strengths of the network).
func strongestPath(
  to classIndex: Int, in atlas: Atlas, sortedBy sort: ClassSort? = nil, byInfluence: Bool = false
) -> ClassPath? {
  let layers = atlas.network.layers
  guard let last = layers.indices.last, atlas.layers.count == layers.count else { return nil }
  let known = atlas.classification?.outputOfClass
  let output =
    known.map { $0.indices.contains(classIndex) ? $0[classIndex] : nil } ?? classIndex
  guard let output, (0..<layers[last].neuronCount).contains(output) else { return nil }
  return PathSearch(atlas, sort, byInfluence: byInfluence).path(
    layer: last, neuron: output, classIndex: classIndex)
}

/// Goes from neurons to the cluster that feeds them most.
private struct PathSearch {
  private struct Way {
    var share = 0.0
    var isNegative = false
    var influenceImages: Int?
    /// Nil for the network's input.
    var layer: Int?
    var place = 0
  }

  private let atlas: Atlas
  /// Of each layer, the place of every neuron's cluster.
  private let places: [[Int]]
  private let byInfluence: Bool

  init(_ atlas: Atlas, _ sort: ClassSort?, byInfluence: Bool) {
    self.atlas = atlas
    self.byInfluence = byInfluence
    places = zip(atlas.network.layers, atlas.layers).map {
      displayPlaces($1, neuronCount: max(0, $0.neuronCount), sortedBy: sort)
    }
  }

  func path(layer: Int, neuron: Int, classIndex: Int) -> ClassPath? {
    var steps: [ClassPath.Step] = []
    var (here, place, neurons) = (layer, places[layer][neuron], [neuron])
    while let way = way(to: neurons, of: here) {
      steps.append(
        ClassPath.Step(
          layer: here, place: place, share: way.share, isNegative: way.isNegative,
          influenceImages: way.influenceImages))
      guard let before = way.layer else { break }
      (here, place) = (before, way.place)
      neurons = places[before].indices.filter { places[before][$0] == place }
    }
    return steps.isEmpty ? nil : ClassPath(classIndex: classIndex, steps: steps.reversed())
  }

  /// The strongest way into some neurons of a layer; nil where nothing is known of any.
  private func way(to neurons: [Int], of layer: Int) -> Way? {
    let connections = usable(layer)
    let images = byInfluence ? commonInfluence(connections) : nil
    var (total, best) = (0.0, Way())
    for connection in connections {
      let source = connection.source.layerIndex
      let sums = sums(into: neurons, connection, byInfluence: images != nil)
      for (place, sum) in sums.enumerated() {
        let strength = sum.plus + sum.minus
        total += strength
        let isLater = strength == best.share && (source ?? -1) > (best.layer ?? -1)
        guard strength > best.share || isLater else { continue }
        best = Way(
          share: strength, isNegative: sum.minus > sum.plus, layer: source, place: place)
      }
    }
    guard total > 0, total.isFinite else { return nil }
    best.share /= total
    best.influenceImages = images
    return best
  }

  /// Connections whose sizes fit, from earlier layers or the input.
  private func usable(_ layer: Int) -> [Connection] {
    atlas.layers[layer].connections.filter {
      guard $0.strength.rowCount == places[layer].count else { return false }
      guard let source = $0.source.layerIndex else { return true }
      return (0..<layer).contains(source) && places[source].count == $0.strength.columnCount
    }
  }

  /// Sums by the source's clusters; the input counts as one.
  private func sums(
    into neurons: [Int], _ connection: Connection, byInfluence: Bool
  ) -> [(plus: Double, minus: Double)] {
    let groups = connection.source.layerIndex.map { places[$0] }
    var sums = Array(repeating: (plus: 0.0, minus: 0.0), count: (groups?.max() ?? 0) + 1)
    func add(_ matrix: Matrix, sign: Float) {
      for neuron in neurons {
        matrix.withRow(neuron) { row in
          for i in row.indices where row[i].isFinite {
            let at = groups?[i] ?? 0
            let value = row[i] * sign
            if value > 0 { sums[at].plus += Double(value) }
            if value < 0 { sums[at].minus -= Double(value) }
          }
        }
      }
    }
    for (matrix, sign) in connection.weights(byInfluence: byInfluence) { add(matrix, sign: sign) }
    return sums
  }
}
