import Tensors
import TestSupport
import Testing

@testable import Analysis

/// Whenever work on clusters and orders is stopped, it ends, and what it gives is an order.
struct CancelledOrdersTests {
  private static let counts = [1, 2, 3, 12, 16, 17, 24, 40]
  private static let askings = Array(0..<12) + [20, 50, 100, 200, 500, 1000]

  private func matrix(_ count: Int) -> Matrix {
    var matrix = randomMatrix(count, 5, seed: UInt64(truncatingIfNeeded: count))
    if count > 3 { for column in 0..<5 { matrix[2, column] = 0 } }
    if count > 12 { (matrix[4, 1], matrix[7, 0], matrix[9, 3]) = (.nan, .infinity, -.infinity) }
    return matrix
  }

  @Test(arguments: counts, askings)
  func `neurons of any clusters are all in the order`(count: Int, asked: Int) {
    let matrix = matrix(count)
    for clusters in 1...4 {
      let stop = Stop(after: asked)
      let labels = ActivationProfiles(matrix).live.map { $0 % clusters }
      let clustering = Clustering(
        labels: ActivationProfiles(matrix).spread(labels), clusterCount: (labels.max() ?? -1) + 1,
        silhouette: nil, method: "planted")
      let found = orderNeurons(
        matrix, clustering: clustering, budget: 200, seed: 1, isCancelled: stop.isCancelled)
      #expect(found.rows.order.order.sorted() == Array(0..<count))
      #expect(found.clusterOrder.sorted() == Set(clustering.labels).sorted())
    }
  }

  @Test(arguments: counts, askings)
  func `classes and leaves are all in the order`(count: Int, asked: Int) {
    let matrix = matrix(count)
    let seriation = Seriation(budget: 200, seed: 1)
    let path = seriation.path(matrix, isCancelled: Stop(after: asked).isCancelled)
    let leaves = seriation.leafOrder(matrix, isCancelled: Stop(after: asked).isCancelled)
    let classes = orderClasses(
      matrix, budget: 200, seed: 1, isCancelled: Stop(after: asked).isCancelled)
    #expect(path.order.order.sorted() == Array(0..<count))
    #expect(leaves.order.order.sorted() == Array(0..<count))
    #expect(classes.order.order.sorted() == Array(0..<5))
  }

  @Test(arguments: counts, askings)
  func `rows made ready in part can still be clustered and ordered`(count: Int, asked: Int) {
    let stop = Stop(after: asked)
    let rows = PreparedRows(matrix(count), isCancelled: stop.isCancelled)
    let live = rows.profiles.live
    let search = rows.search(live, into: 2, seed: 1)
    let found = search.run(start: 0, isCancelled: stop.isCancelled)
    #expect(found.labels.isEmpty || found.labels.count == live.count)
    let plan = rows.order(rows.profiles.spread(live.map { $0 % 2 }), Seriation(budget: 9, seed: 1))
    let paths = plan.requests.map { plan.path($0, isCancelled: stop.isCancelled) }
    #expect(plan.joined(paths).rows.order.order.sorted() == Array(0..<count))
    #expect(rows.lowerBound() >= 0)
  }

  @Test(arguments: ClusteringMethod.allCases, counts)
  func `every neuron has a cluster whenever clustering is stopped`(
    method: ClusteringMethod, count: Int
  ) {
    let matrix = matrix(count)
    for asked in Self.askings {
      var clustering = NeuronClustering()
      clustering.method = method
      let found = clustering.cluster(matrix, seed: 1, isCancelled: Stop(after: asked).isCancelled)
      #expect(found.labels.count == count)
      #expect(found.labels.allSatisfy { -1..<found.clusterCount ~= $0 })
    }
  }
}
