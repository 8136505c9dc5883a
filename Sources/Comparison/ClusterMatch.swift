import Analysis
import Atlases

/// A cluster of a layer, and the one of the same layer in another network that shares most of its
/// neurons.
public struct ClusterMatch: Hashable, Sendable {
  /// Letters by which the two are shown.
  public var first: String
  public var second: String
  public var firstCount: Int
  public var secondCount: Int
  /// Neurons in both, by their numbers.
  public var sharedCount: Int
}

/// Clusters of two layers with as many neurons, those with most common neurons first.
///
/// - Returns: Empty where the layers differ in size, or one was not clustered.
/// - Complexity: O(neurons + clusters² · log clusters).
func clusterMatches(_ a: LayerAtlas, _ b: LayerAtlas) -> [ClusterMatch] {
  guard let one = a.clustering, let other = b.clustering,
    one.labels.count == other.labels.count
  else { return [] }
  let (letters, others) = (clusterLetters(of: a, one), clusterLetters(of: b, other))
  return matchedLabels(one, other).map { pair in
    ClusterMatch(
      first: clusterLetter(letters[pair.own]), second: clusterLetter(others[pair.counterpart]),
      firstCount: one.labels.count { $0 == pair.own },
      secondCount: other.labels.count { $0 == pair.counterpart }, sharedCount: pair.shared)
  }
}

/// Pairs made greedily, those with most common neurons first, ties by the lowest labels; each label
/// at most once.
func matchedLabels(
  _ own: Clustering, _ other: Clustering
) -> [(own: Int, counterpart: Int, shared: Int)] {
  var shared = Array(repeating: 0, count: own.clusterCount * other.clusterCount)
  for (label, counterpart) in zip(own.labels, other.labels)
  where (0..<own.clusterCount).contains(label) && (0..<other.clusterCount).contains(counterpart) {
    shared[label * other.clusterCount + counterpart] += 1
  }
  var isMatched = Array(repeating: false, count: own.clusterCount)
  var isTaken = Array(repeating: false, count: other.clusterCount)
  let pairs = shared.indices.filter { shared[$0] > 0 }
    .sorted { (shared[$1], $0) < (shared[$0], $1) }
  var found: [(own: Int, counterpart: Int, shared: Int)] = []
  for pair in pairs {
    let (label, counterpart) = (pair / other.clusterCount, pair % other.clusterCount)
    guard !isMatched[label], !isTaken[counterpart] else { continue }
    (isMatched[label], isTaken[counterpart]) = (true, true)
    found.append((label, counterpart, shared[pair]))
  }
  return found
}
