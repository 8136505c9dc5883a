import Analysis
import Atlases
import Networks

extension Atlas {
  /// The same atlas, its clusters called as those of `reference` with which they share neurons.
  ///
  /// Pairs of clusters are made greedily, those with most common neurons first, ties by the lowest
  /// labels; what has no counterpart gets letters that the reference does not use. Layers match by
  /// name and number of neurons; neurons keep their numbers from one checkpoint to the next.
  ///
  /// - Complexity: O(neurons + clusters² · log clusters) a layer.
  public func keepingLetters(of reference: Atlas) -> Atlas {
    var result = self
    for (place, layer) in network.layers.enumerated() where layers.indices.contains(place) {
      guard let other = reference.network.layers.firstIndex(where: { $0.name == layer.name }),
        reference.layers.indices.contains(other)
      else { continue }
      result.layers[place].letters = matchedLetters(layers[place], reference.layers[other])
    }
    return result
  }
}

/// The letter of each cluster of `part`; nil where the two have different neurons.
private func matchedLetters(_ part: LayerAtlas, _ reference: LayerAtlas) -> [Int]? {
  guard let own = part.clustering, let other = reference.clustering,
    own.labels.count == other.labels.count, own.clusterCount > 0
  else { return nil }
  let known = clusterLetters(of: reference, other)
  var result: [Int?] = Array(repeating: nil, count: own.clusterCount)
  for pair in matchedLabels(own, other) { result[pair.own] = known[pair.counterpart] }
  var free = (known.max() ?? -1) + 1
  return result.map { letter in
    if let letter { return letter }
    defer { free += 1 }
    return free
  }
}

/// The letter of each cluster as it is shown.
func clusterLetters(of part: LayerAtlas, _ clustering: Clustering) -> [Int] {
  if let letters = part.letters, letters.count == clustering.clusterCount { return letters }
  let live = part.clusterOrder.filter { (0..<clustering.clusterCount).contains($0) }
  var letters = Array(repeating: -1, count: clustering.clusterCount)
  for (place, label) in live.enumerated() where letters[label] < 0 { letters[label] = place }
  var free = live.count
  for label in letters.indices where letters[label] < 0 {
    letters[label] = free
    free += 1
  }
  return letters
}
