import Analysis

/// Clustering and ordering asked for by an edit; the answer carries the same number.
package struct RegroupRequest: Hashable, Sendable {
  /// What is to be worked out.
  package enum Work: Hashable, Sendable {
    /// An order of clusters and neurons for these clusters.
    case order(Clustering)
    /// These neurons in so many clusters.
    case divide([Int], into: Int)
    /// These neurons in the clusters that average linkage gives when cut at a cosine distance.
    case cut([Int], height: Double)
  }

  package var layer: Int
  package var number: Int
  package var work: Work
}

/// What a ``RegroupRequest`` came to.
package struct RegroupAnswer: Sendable {
  package enum Result: Sendable {
    case ordered(clusterOrder: [Int], rows: SeriationResult)
    case divided([[Int]])
    /// One sentence.
    case failed(String)
  }

  package var request: RegroupRequest
  package var result: Result

  package init(request: RegroupRequest, result: Result) {
    self.request = request
    self.result = result
  }
}
