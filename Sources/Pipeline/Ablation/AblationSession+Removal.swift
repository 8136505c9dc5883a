import Analysis
import Atlases
import ModelFiles
import Networks

/// What is tried to be taken out of a network, and how much may be lost.
public struct RemovalOptions: Hashable, Sendable {
  /// Cosine from which two neurons count as doing the same.
  public var duplicateCosine: Float
  /// Share of a layer's neurons that has to be idle for it to be too wide.
  public var wideShare: Double
  /// Accuracy that may be lost, at the lower end of the 95 % interval.
  public var accuracyLimit: Double
  /// Labelled images that are run; nil for all.
  public var imageLimit: Int?

  public init(
    duplicateCosine: Float, wideShare: Double, accuracyLimit: Double, imageLimit: Int?
  ) {
    self.duplicateCosine = duplicateCosine
    self.wideShare = wideShare
    self.accuracyLimit = accuracyLimit
    self.imageLimit = imageLimit
  }
}

extension AblationSession {
  /// Tries to take each layer out, and the idle neurons of each layer together.
  ///
  /// Idle are dead neurons, duplicates of an earlier one, and then clusters in the order of what
  /// switching them off alone costs: as the atlas has it, else measured. The smallest such set that
  /// reaches the wide share is tried; where it costs too little to matter, larger ones are, by
  /// bisection. One kind of trial that cannot be made of a layer is left out.
  ///
  /// - Parameter phase: Told which layer's turn it is.
  /// - Returns: Of each layer the bypass and the largest set that was kept within the limit, or the
  ///   smallest where none was.
  public func removalTrials(
    _ atlas: Atlas, _ options: RemovalOptions, phase: (String) -> Void
  ) throws(SessionError) -> [RemovalTrial] {
    var trials: [RemovalTrial] = []
    for (index, layer) in atlas.network.layers.enumerated() {
      phase("taking out \(layer.name), layer \(index + 1) of \(atlas.layers.count)")
      let plain = AblationOptions(imageLimit: options.imageLimit)
      if let trial = try possible({ () throws(SessionError) in try bypass(layer.id, plain) }) {
        trials.append(trial)
      }
      let narrowing = try possible { () throws(SessionError) in
        try narrowed(atlas.layers[index], options)
      }
      if let trial = narrowing ?? nil { trials.append(trial) }
    }
    return trials
  }

  /// Nil where a network cannot be cut there.
  private func possible<Value>(
    _ trial: () throws(SessionError) -> Value
  ) throws(SessionError) -> Value? {
    do throws(SessionError) {
      return try trial()
    } catch {
      if case .model(_, .cannotCut) = error { return nil }
      throw error
    }
  }

  private func narrowed(
    _ layer: LayerAtlas, _ options: RemovalOptions
  ) throws(SessionError) -> RemovalTrial? {
    let groups = try idleGroups(layer, options)
    let count = layer.statistics?.health.count ?? 0
    let sizes = groups.indices.map { groups[...$0].reduce(0) { $0 + $1.count } }
    guard let first = sizes.firstIndex(where: { Double($0) >= options.wideShare * Double(count) })
    else { return nil }
    let settings = AblationOptions(replacement: .mean, imageLimit: options.imageLimit)
    func trial(_ last: Int) throws(SessionError) -> RemovalTrial {
      try removal(of: groups[...last].flatMap(\.self).sorted(), layer.layer, settings)
    }
    var best = try trial(first)
    guard best.interval.lowerBound >= -options.accuracyLimit else { return best }
    var (low, high) = (first, groups.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      let found = try trial(middle)
      if found.interval.lowerBound >= -options.accuracyLimit {
        (best, low) = (found, middle)
      } else {
        high = middle - 1
      }
    }
    return best
  }

  /// Neurons to take out, the least missed first; never all of the layer.
  private func idleGroups(
    _ layer: LayerAtlas, _ options: RemovalOptions
  ) throws(SessionError) -> [[Int]] {
    guard let health = layer.statistics?.health, let labels = layer.clustering?.labels,
      labels.count == health.count
    else { return [] }
    let dead = health.indices.filter { health[$0].isDead }
    let pairs = layer.similarity?.redundantNeurons(at: options.duplicateCosine) ?? []
    let idle = Set(dead).union(pairs.filter { health.indices.contains($0) })
    let clusters = clusterMembers(layer).filter { $0.contains { !health[$0].isDead } }
    guard idle.count < health.count, !clusters.isEmpty else { return [] }
    let order = try orderByLoss(clusters, layer, options)
    let rest = order.dropLast().map { $0.filter { !idle.contains($0) } }
    return ([idle.sorted()] + rest).filter { !$0.isEmpty }
  }

  /// Clusters by the accuracy that switching them off alone costs, the least first.
  private func orderByLoss(
    _ clusters: [[Int]], _ layer: LayerAtlas, _ options: RemovalOptions
  ) throws(SessionError) -> [[Int]] {
    var found = layer.contributions
    if found == nil || clusters.contains(where: { found?.entry(of: $0) == nil }) {
      found = try measure(
        clusters, of: layer.layer, AblationOptions(imageLimit: options.imageLimit))
    }
    // A gain is chance, so it counts as no loss; what moves the scores least comes first then.
    let keys = clusters.map { cluster -> (loss: Double, score: Double) in
      guard let found, let entry = found.entry(of: cluster) else { return (.infinity, .infinity) }
      let accuracy = entry.overallAccuracyChange(counts: found.classCounts).mean
      let score = entry.overallScoreChange(counts: found.classCounts).mean
      return (max(0, -(accuracy ?? -.infinity)), abs(score ?? .infinity))
    }
    return clusters.indices.sorted { a, b in
      (keys[a].loss, keys[a].score, a) < (keys[b].loss, keys[b].score, b)
    }.map { clusters[$0] }
  }
}

extension RemovalTrial {
  /// From what was counted, one tally a class.
  init(layer: LayerID, neurons: [Int]?, _ tallies: [AblationTally]) {
    self.init(
      layer: layer, neurons: neurons,
      imageCount: tallies.reduce(0) { $0 + $1.imageCount },
      correctBefore: tallies.reduce(0) { $0 + $1.correctBefore },
      lostCount: tallies.reduce(0) { $0 + $1.lostCount },
      gainedCount: tallies.reduce(0) { $0 + $1.gainedCount })
  }
}
