import Atlases
import Networks
import Tensors

/// The strongest way from the network's input to one class, cluster by cluster.
///
/// A link's share is its summed |strength| over that of all links into the same cluster; the path
/// is the one with the largest product of shares.
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

/// Nil where no layer holds the class's output or nothing is known of its weights.
///
/// - Complexity: O(connection strengths of the network).
func strongestPath(to classIndex: Int, in atlas: Atlas) -> ClassPath? {
  let layers = atlas.network.layers
  guard let last = layers.indices.last, atlas.layers.count == layers.count else { return nil }
  let known = atlas.classification?.outputOfClass
  let output =
    known.map { $0.indices.contains(classIndex) ? $0[classIndex] : nil } ?? classIndex
  guard let output, (0..<layers[last].neuronCount).contains(output) else { return nil }
  var search = PathSearch(atlas)
  for layer in 0..<last { search.add(layer) }
  return search.path(layer: last, neuron: output, classIndex: classIndex)
}

/// Best ways to every cluster of the layers so far.
private struct PathSearch {
  private struct Way {
    var score: Double
    var share: Double
    var isNegative: Bool
    var layer: Int?
    var place: Int
  }

  private let atlas: Atlas
  private var places: [[Int]]
  private var best: [[Way?]]

  init(_ atlas: Atlas) {
    self.atlas = atlas
    let groups = zip(atlas.network.layers, atlas.layers).map {
      displayPlaces($1, neuronCount: max(0, $0.neuronCount))
    }
    places = groups
    best = groups.map { Array(repeating: nil, count: ($0.max() ?? -1) + 1) }
  }

  mutating func add(_ layer: Int) {
    var rows: [Int: [Int]] = [:]
    for (neuron, place) in places[layer].enumerated() { rows[place, default: []].append(neuron) }
    for place in best[layer].indices { best[layer][place] = way(to: rows[place] ?? [], of: layer) }
  }

  /// The best way into some neurons of a layer.
  private func way(to neurons: [Int], of layer: Int) -> Way? {
    var (total, candidates) = (0.0, [Way]())
    for connection in atlas.layers[layer].connections {
      let matrix = connection.strength
      guard matrix.rowCount == places[layer].count else { continue }
      let source = connection.source.layerIndex
      guard source.map({ $0 < layer && places[$0].count == matrix.columnCount }) ?? true else {
        continue
      }
      let count = source.map { best[$0].count } ?? 1
      var sums = Array(repeating: (plus: 0.0, minus: 0.0), count: count)
      for neuron in neurons {
        matrix.withRow(neuron) { row in
          for i in row.indices where row[i].isFinite {
            let at = source.map { places[$0][i] } ?? 0
            if row[i] > 0 { sums[at].plus += Double(row[i]) }
            if row[i] < 0 { sums[at].minus -= Double(row[i]) }
          }
        }
      }
      for (place, sum) in sums.enumerated() {
        total += sum.plus + sum.minus
        let before = source.map { best[$0][place]?.score ?? 0 } ?? 1
        candidates.append(
          Way(
            score: before, share: sum.plus + sum.minus, isNegative: sum.minus > sum.plus,
            layer: source, place: place))
      }
    }
    guard total > 0 else { return nil }
    var found: Way?
    for var way in candidates {
      way.share /= total
      way.score *= way.share
      if way.score > found?.score ?? 0 { found = way }
    }
    return found
  }

  func path(layer: Int, neuron: Int, classIndex: Int) -> ClassPath? {
    guard let end = way(to: [neuron], of: layer) else { return nil }
    var steps: [ClassPath.Step] = []
    var (here, place, way) = (layer, places[layer][neuron], Optional(end))
    while let step = way {
      steps.append(
        ClassPath.Step(
          layer: here, place: place, share: step.share, isNegative: step.isNegative))
      guard let before = step.layer else { break }
      (here, place, way) = (before, step.place, best[before][step.place])
    }
    return ClassPath(classIndex: classIndex, steps: steps.reversed())
  }
}
