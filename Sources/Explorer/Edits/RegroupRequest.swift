import Analysis
import Atlases

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

  /// What neurons that are divided go back to.
  package struct Frame: Hashable, Sendable {
    /// The layer's clusters as they are.
    package var grouping: LayerGrouping
    /// Place of the cluster that is split; nil when the layer is clustered anew.
    package var place: Int?

    /// The clusters with these `parts` of what was divided.
    package func filled(with parts: [[Int]]) -> LayerGrouping {
      place.map { grouping.splitting($0, into: parts) } ?? grouping.regrouping(into: parts)
    }
  }

  package var layer: Int
  package var number: Int
  package var work: Work
  /// Nil when neurons are only ordered.
  package var frame: Frame?
}

/// What a ``RegroupRequest`` came to.
package struct RegroupAnswer: Sendable {
  /// Clusters and neurons of a layer in order.
  package struct Order: Sendable {
    package var clusterOrder: [Int]
    package var rows: SeriationResult

    package init(clusterOrder: [Int], rows: SeriationResult) {
      self.clusterOrder = clusterOrder
      self.rows = rows
    }
  }

  package enum Result: Sendable {
    case ordered(Order)
    /// The parts, and the order of the layer once they are in the request's frame; nil has it asked for.
    case divided([[Int]], Order?)
    /// How good the order is of the clusters with these labels; follows an order without.
    case measured(TwoLevelOrder.Figures, labels: [Int])
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
