import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct MatrixOrderTests {
  @Test(arguments: UInt64(0)..<10)
  func `clusters stay whole and in the order given`(seed: UInt64) {
    let planted = PlantedProfiles(typeCount: 4, perType: 6, classCount: 8, seed: seed)
    let clustering = Clustering(
      labels: planted.types, clusterCount: 4, silhouette: nil, method: "planted")
    let found = orderNeurons(
      planted.matrix, clustering: clustering, budget: 100, seed: seed)
    var runs: [Int] = []
    for neuron in found.rows.order.order where runs.last != planted.types[neuron] {
      runs.append(planted.types[neuron])
    }
    #expect(runs == found.clusterOrder)
    #expect(found.clusterOrder.sorted() == [0, 1, 2, 3])
    #expect(abs(found.rows.pathLength - pathLength(planted.matrix, found.rows.order.order)) < 1e-4)
    #expect((found.rows.lowerBound ?? .infinity) <= found.rows.pathLength + 1e-6)
  }

  @Test func `dead neurons come last, clusters without live neurons too`() {
    var matrix = PlantedProfiles(typeCount: 2, perType: 3, classCount: 4, seed: 1).matrix
    for column in 0..<4 { matrix[2, column] = 0 }
    var labels = [0, 0, 1, 0, 0, 0]
    labels[2] = -1
    let clustering = Clustering(labels: labels, clusterCount: 2, silhouette: nil, method: "")
    let found = orderNeurons(matrix, clustering: clustering, budget: 0, seed: 0)
    #expect(found.rows.order.order.last == 2)
    #expect(found.clusterOrder == [0, 1, -1])
  }

  @Test func `classes that excite the same neurons are neighbours`() {
    let planted = PlantedProfiles(typeCount: 3, perType: 5, classCount: 9, seed: 2)
    let order = orderClasses(planted.matrix, budget: 0, seed: 0).order.order
    var runs: [Int] = []
    for group in order.map({ $0 % 3 }) where runs.last != group { runs.append(group) }
    #expect(runs.count == 3)
  }

  @Test func `empty layers have empty orders`() {
    let empty = Clustering(labels: [], clusterCount: 0, silhouette: nil, method: "")
    let matrix = Matrix(rowCount: 0, columnCount: 4)
    let found = orderNeurons(matrix, clustering: empty, budget: 5, seed: 0)
    #expect(found.rows.order.count == 0)
    #expect(orderClasses(matrix, budget: 5, seed: 0).order.count == 4)
  }

  @Test(arguments: 3...7, UInt64(0)..<8)
  func `few clusters are arranged as well as the best permutation`(count: Int, seed: UInt64) {
    let arrangement = randomArrangement(count, seed: seed)
    let found = arrangement.cost(arrangement.order(seed: 0))
    let best = permutations(Array(0..<count)).map { arrangement.cost($0) }.min() ?? 0
    #expect(found <= best * (1 + 1e-9))
  }

  /// More groups than permutations can be tried of: no group is better off at another place.
  @Test(arguments: [9, 12, 13])
  func `no group of an exact arrangement should stand elsewhere`(count: Int) {
    let arrangement = randomArrangement(count, seed: UInt64(count))
    let order = arrangement.order(seed: 0)
    let cost = arrangement.cost(order)
    #expect(order.sorted() == Array(0..<count))
    for from in 0..<count {
      for target in 0..<count {
        var moved = order
        moved.insert(moved.remove(at: from), at: target)
        #expect(arrangement.cost(moved) >= cost * (1 - 1e-9))
      }
    }
  }

  @Test(arguments: [10, 14])
  func `groups on a line are put on that line exactly`(count: Int) {
    let line = lineArrangement(count)
    #expect(abs(line.cost(line.order(seed: 1)) - Double(count - 1)) < 1e-9)
  }

  @Test(arguments: [Double.infinity, .nan, -.infinity], [3, 7, 9])
  func `groups without a weight or a width are all in the order`(odd: Double, count: Int) {
    let sound = randomArrangement(count, seed: 6)
    var weights = sound.weights
    (weights[1], weights[count]) = (odd, odd)
    for arrangement in [
      LinearArrangement(widths: sound.widths, weights: weights),
      LinearArrangement(widths: sound.widths.map { $0 * odd }, weights: sound.weights),
    ] {
      #expect(arrangement.order(seed: 1).sorted() == Array(0..<count))
    }
  }

  @Test(arguments: [0, 1, 3, 100], [2, 5, 17, 20])
  func `whenever it is stopped all groups are in the order`(asked: Int, count: Int) {
    let order = randomArrangement(count, seed: 2)
      .order(seed: 1, isCancelled: Stop(after: asked).isCancelled)
    #expect(order.sorted() == Array(0..<count))
  }

  @Test func `many clusters on a line are put on that line`() {
    let count = 20
    let line = lineArrangement(count)
    #expect(line.cost(line.order(seed: 1)) <= Double(count - 1) * 1.2)
  }
}

/// Groups of which each is drawn to the next only.
private func lineArrangement(_ count: Int) -> LinearArrangement {
  var weights = Array(repeating: 0.0, count: count * count)
  for place in 0..<count - 1 {
    weights[place * count + place + 1] = 1
    weights[(place + 1) * count + place] = 1
  }
  return LinearArrangement(widths: Array(repeating: 1, count: count), weights: weights)
}

private func randomArrangement(_ count: Int, seed: UInt64) -> LinearArrangement {
  var random = SeededGenerator(seed: seed)
  var weights = Array(repeating: 0.0, count: count * count)
  for one in 0..<count {
    for other in 0..<one {
      weights[one * count + other] = random.unit()
      weights[other * count + one] = weights[one * count + other]
    }
  }
  return LinearArrangement(widths: (0..<count).map { _ in 1 + random.unit() }, weights: weights)
}
