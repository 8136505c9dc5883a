import Analysis
import Pipeline
import Tensors
import TestSupport
import Testing

struct RegroupingTests {
  private let regrouping = Regrouping(seed: 1)

  /// Eight neurons: four fire for class 0, three for class 1, the last never.
  private var statistics: ActivationStatistics {
    let means = Matrix(
      rowCount: 8, columnCount: 2,
      values: [5, 1, 4, 1, 6, 1, 5, 2, 1, 4, 1, 5, 0.5, 3, 0, 0])
    let health = (0..<8).map {
      NeuronHealth(isDead: $0 == 7, isSaturated: false, nonFiniteCount: 0)
    }
    return ActivationStatistics(
      imageCount: 2, classCounts: [1, 1], meanOfMean: means, meanOfMax: means,
      secondMomentOfMean: means, secondMomentOfMax: means, firingShare: means,
      topPatches: Array(repeating: [], count: 8), classBest: Array(repeating: nil, count: 16),
      health: health)
  }

  @Test func `planted groups are told apart, among the neurons asked about only`() throws {
    let parts = try regrouping.divide(
      [0, 2, 4, 5, 6], of: statistics, into: 2, isCancelled: { false })
    #expect(parts.map { $0.sorted() } == [[4, 5, 6], [0, 2]])
  }

  @Test func `dead neurons stay together`() throws {
    let parts = try regrouping.divide(
      [0, 1, 4, 7], of: statistics, into: 2, isCancelled: { false })
    #expect(parts.contains([7]) && parts.count == 3)
    #expect(try regrouping.divide([7], of: statistics, into: 1, isCancelled: { false }) == [[7]])
  }

  @Test func `a cut at a distance between the groups finds them`() throws {
    let neurons = Array(0..<7)
    let parts = try regrouping.cut(neurons, of: statistics, at: 0.3, isCancelled: { false })
    #expect(parts.map { $0.sorted() } == [[0, 1, 2, 3], [4, 5, 6]])
    #expect(
      try regrouping.cut(neurons, of: statistics, at: 2, isCancelled: { false }) == [neurons])
  }

  @Test func `an order keeps clusters whole and the dead last`() throws {
    let clustering = Clustering(
      labels: [0, 1, 0, 1, 2, 2, 2, -1], clusterCount: 3, silhouette: nil, method: "planted")
    let found = regrouping.order(clustering, of: statistics, isCancelled: { false })
    #expect(found.clusterOrder.sorted() == [-1, 0, 1, 2] && found.clusterOrder.last == -1)
    let labels = found.rows.order.order.map { clustering.labels[$0] }
    let runs = zip(labels, labels.dropFirst()).count { $0 != $1 } + 1
    #expect(runs == 4 && labels.last == -1)
  }

  @Test func `cancelled work says so`() {
    #expect(throws: ClusteringError.cancelled) {
      try regrouping.divide([0, 1, 2], of: statistics, into: 2, isCancelled: { true })
    }
  }

  /// Work that is stopped must leave nothing behind that later work takes for whole.
  @Test(arguments: Array(0..<10) + [15, 30, 60])
  func `what was stopped is not remembered`(asked: Int) throws {
    let statistics = planted(neurons: 24, classes: 20, seed: 2)
    let neurons = Array(0..<24)
    let labels = neurons.map { $0 % 3 }
    let clustering = Clustering(labels: labels, clusterCount: 3, silhouette: nil, method: "")
    let (fresh, shared) = (Regrouping(seed: 1), Regrouping(seed: 1))
    shared.prepare(statistics, isCancelled: Stop(after: asked).isCancelled)
    _ = try? shared.divide(
      neurons, of: statistics, into: 4, isCancelled: Stop(after: asked).isCancelled)
    _ = try? shared.cut(
      neurons, of: statistics, at: 0.2, isCancelled: Stop(after: asked).isCancelled)
    let stopped = shared.order(
      clustering, of: statistics, isCancelled: Stop(after: asked).isCancelled)
    #expect(stopped.rows.order.order.sorted() == neurons)
    let (one, other) = (
      fresh.order(clustering, of: statistics, isCancelled: { false }),
      shared.order(clustering, of: statistics, isCancelled: { false })
    )
    #expect(one.rows == other.rows && one.clusterOrder == other.clusterOrder)
    #expect(
      fresh.figures(one, of: clustering, statistics)
        == shared.figures(other, of: clustering, statistics))
    #expect(
      try fresh.divide(neurons, of: statistics, into: 4, isCancelled: { false })
        == shared.divide(neurons, of: statistics, into: 4, isCancelled: { false }))
    #expect(
      try fresh.cut(neurons, of: statistics, at: 0.2, isCancelled: { false })
        == shared.cut(neurons, of: statistics, at: 0.2, isCancelled: { false }))
  }

  @Test(arguments: UInt64(0)..<4)
  func `what is remembered changes nothing`(seed: UInt64) throws {
    let statistics = planted(neurons: 36, classes: 30, seed: seed)
    let remembering = Regrouping(seed: seed, memory: RegroupingMemory())
    for count in [4, 5, 4, 6] {
      let neurons = Array(0..<36)
      let parts = try remembering.divide(
        neurons, of: statistics, into: count, isCancelled: { false })
      let fresh = Regrouping(seed: seed)
      #expect(
        try fresh.divide(neurons, of: statistics, into: count, isCancelled: { false }) == parts)
      var labels = Array(repeating: -1, count: 36)
      for (label, part) in parts.enumerated() { for neuron in part { labels[neuron] = label } }
      let clustering = Clustering(
        labels: labels, clusterCount: parts.count, silhouette: nil, method: "planted")
      let found = remembering.order(clustering, of: statistics, isCancelled: { false })
      let whole = orderNeurons(
        statistics.meanOfMean, clustering: clustering, budget: 72, seed: seed)
      #expect(found.clusterOrder == whole.clusterOrder)
      #expect(
        found.rows.with(remembering.figures(found, of: clustering, statistics)) == whole.rows)
    }
  }

  @Test(arguments: UInt64(0)..<4)
  func `a tree that is remembered is cut as a new one, for the same neurons only`(
    seed: UInt64
  ) throws {
    let statistics = planted(neurons: 36, classes: 30, seed: seed)
    let remembering = Regrouping(seed: seed)
    var counts: Set<Int> = []
    for neurons in [Array(0..<36), Array(5..<20), Array(0..<36)] {
      for height in [0.05, 0.08, 0.12, 0.3, 2] {
        let parts = try remembering.cut(
          neurons, of: statistics, at: height, isCancelled: { false })
        #expect(
          try parts
            == Regrouping(seed: seed)
            .cut(neurons, of: statistics, at: height, isCancelled: { false }))
        #expect(parts.flatMap(\.self).sorted() == neurons)
        counts.insert(parts.count)
      }
    }
    #expect(counts.count > 2)
  }

  @Test func `figures are ready once a layer is, and the same as those that were waited for`() {
    let statistics = planted(neurons: 36, classes: 30, seed: 3)
    let clustering = Clustering(
      labels: (0..<36).map { $0 % 6 }, clusterCount: 6, silhouette: nil, method: "planted")
    let (waiting, ready) = (Regrouping(seed: 1), Regrouping(seed: 1))
    let order = waiting.order(clustering, of: statistics, isCancelled: { false })
    #expect(waiting.readyFigures(order, of: clustering, statistics) == nil)
    let figures = waiting.figures(order, of: clustering, statistics)
    #expect(waiting.readyFigures(order, of: clustering, statistics) == figures)
    ready.prepare(statistics, isCancelled: { false })
    let same = ready.order(clustering, of: statistics, isCancelled: { false })
    #expect(ready.readyFigures(same, of: clustering, statistics) == figures)
  }

  @Test func `layers do not take each other's clusters, however many are remembered`() throws {
    let memory = RegroupingMemory()
    let layers = (0..<4).map { planted(neurons: 24, classes: 20, seed: UInt64($0)) }
    for statistics in layers + layers {
      let parts = try Regrouping(seed: 1, memory: memory)
        .divide(Array(0..<24), of: statistics, into: 3, isCancelled: { false })
      #expect(
        try parts
          == Regrouping(seed: 1)
          .divide(Array(0..<24), of: statistics, into: 3, isCancelled: { false }))
    }
  }

  /// Neurons that respond to one class in six each, and a little to all.
  private func planted(neurons: Int, classes: Int, seed: UInt64) -> ActivationStatistics {
    var random = SeededGenerator(seed: seed)
    let values = (0..<neurons * classes).map { place in
      Float.random(in: 0...1, using: &random) + (place / classes % 6 == place % 6 ? 2 : 0)
    }
    let means = Matrix(rowCount: neurons, columnCount: classes, values: values)
    return ActivationStatistics(
      imageCount: classes, classCounts: Array(repeating: 1, count: classes), meanOfMean: means,
      meanOfMax: means, secondMomentOfMean: means, secondMomentOfMax: means, firingShare: means,
      topPatches: Array(repeating: [], count: neurons),
      classBest: Array(repeating: nil, count: neurons * classes),
      health: Array(
        repeating: NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0),
        count: neurons))
  }
}
