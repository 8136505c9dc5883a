import Networks

/// Which layer of one network is which of another.
public struct LayerAlignment: Equatable, Sendable {
  /// A layer of both networks, or of one only.
  public struct Match: Equatable, Sendable {
    /// Nil where the second network has a layer more.
    public var first: LayerID?
    /// Nil where the second network lacks the layer.
    public var second: LayerID?

    /// A layer of the first network, of the second, or of both.
    public init(first: LayerID?, second: LayerID?) {
      self.first = first
      self.second = second
    }
  }

  /// In the order of both networks.
  public let matches: [Match]

  /// Aligns the layers of both networks in their order so that names, kinds and sizes agree as
  /// often as can be.
  ///
  /// S. B. Needleman, C. D. Wunsch, "A general method applicable to the search for similarities
  /// in the amino acid sequence of two proteins", J. Mol. Biol. 48(3), 1970,
  /// doi:10.1016/0022-2836(70)90057-4. The scores are ours: equal names count most, layers of
  /// different kinds never match, gaps are free.
  ///
  /// - Complexity: O(layers of the first · layers of the second).
  public init(_ first: Network, _ second: Network) {
    let (a, b) = (first.layers, second.layers)
    let width = b.count + 1
    var best = Array(repeating: 0, count: (a.count + 1) * width)
    for i in stride(from: a.count - 1, through: 0, by: -1) {
      for j in stride(from: b.count - 1, through: 0, by: -1) {
        var score = max(best[(i + 1) * width + j], best[i * width + j + 1])
        if let likeness = likeness(a[i], b[j]) {
          score = max(score, likeness + best[(i + 1) * width + j + 1])
        }
        best[i * width + j] = score
      }
    }
    var found: [Match] = []
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      let score = best[i * width + j]
      if i < a.count, j < b.count, let likeness = likeness(a[i], b[j]),
        score == likeness + best[(i + 1) * width + j + 1]
      {
        found.append(Match(first: a[i].id, second: b[j].id))
        (i, j) = (i + 1, j + 1)
      } else if i < a.count, score == best[(i + 1) * width + j] {
        found.append(Match(first: a[i].id, second: nil))
        i += 1
      } else {
        found.append(Match(first: nil, second: b[j].id))
        j += 1
      }
    }
    matches = found
  }

  /// Layers of both networks.
  public var common: [(first: LayerID, second: LayerID)] {
    matches.compactMap { match in
      guard let first = match.first, let second = match.second else { return nil }
      return (first, second)
    }
  }
}

/// How much speaks for two layers being the same one; nil where nothing does.
private func likeness(_ a: Layer, _ b: Layer) -> Int? {
  guard a.kind == b.kind else { return nil }
  let isNamesake = a.name == b.name
  let isAsWide = a.neuronCount == b.neuronCount
  guard isNamesake || isAsWide else { return nil }
  return (isNamesake ? 8 : 0) + (isAsWide ? 3 : 0) + (a.kernel?.size == b.kernel?.size ? 2 : 0)
    + (a.kernel?.strides == b.kernel?.strides ? 1 : 0) + 1
}
