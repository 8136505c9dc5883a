import Atlases
import Networks
import Tensors

/// A connection whose influence is wanted: two layers.
package struct InfluenceWish: Hashable, Sendable {
  package var source: Int
  package var target: Int

  package init(source: Int, target: Int) {
    self.source = source
    self.target = target
  }

  init(_ key: GutterKey) { self.init(source: key.source, target: key.target) }
}

/// What is known of influence that is measured beside the explorer.
struct Influencing: Sendable {
  /// The network can be run: its file and its images are at hand.
  var isPossible = false
  /// What was last asked for.
  var asked: [InfluenceWish] = []
  /// Images done, of those that the measurement takes.
  var progress: (done: Int, planned: Int)?
  /// Why it cannot be had, one sentence.
  var refusals: [InfluenceWish: String] = [:]

  /// Where sources cannot be told apart.
  static let untold = "several layers arrive in the same channels and cannot be told apart"
}

extension ExplorerState {
  /// Whether influence is wanted between two layers, and not known, though one leads straight to the
  /// other.
  func lacksInfluence(_ key: GutterKey) -> Bool {
    guard usesInfluence, atlas.layers.indices.contains(key.target) else { return false }
    return atlas.layers[key.target].connections.contains {
      $0.source == .layer(LayerID(key.source)) && $0.influence == nil
    }
  }

  /// What leads straight into a layer from others.
  func gutters(into layer: Int) -> [GutterKey] {
    guard atlas.layers.indices.contains(layer) else { return [] }
    return atlas.layers[layer].connections.compactMap { connection in
      connection.source.layerIndex.map { GutterKey(source: $0, target: layer) }
    }
  }

  /// What leads straight into a layer from others, or out of it.
  func gutters(touching layer: Int) -> [GutterKey] {
    gutters(into: layer)
      + atlas.layers.indices.flatMap(gutters(into:)).filter { $0.source == layer }
  }

  /// How the edges between two layers are weighed now.
  func weighing(_ key: GutterKey) -> EdgeWeighing {
    guard usesInfluence else { return .kernels }
    let isComing = influencing.isPossible && influencing.refusals[InfluenceWish(key)] == nil
    return isComing ? .influenceOrKernels : .influenceOrActivity
  }

  /// What the gutters on screen lack, in their order.
  func influenceWishes(_ survey: Survey) -> [InfluenceWish] {
    guard influencing.isPossible, usesInfluence else { return [] }
    var seen: Set<InfluenceWish> = []
    return survey.influences.map(InfluenceWish.init).filter {
      influencing.refusals[$0] == nil && seen.insert($0).inserted
    }
  }

  /// Asks for what the screen lacks; another screen lets what was asked for before go on.
  mutating func askForInfluence(_ survey: Survey) -> [ExplorerEffect] {
    let wishes = influenceWishes(survey)
    let goesOn = wishes.isEmpty && usesInfluence
    guard Set(wishes) != Set(influencing.asked), !goesOn else { return [] }
    influencing.asked = wishes
    if wishes.isEmpty { influencing.progress = nil }
    return [.measureInfluence(wishes)]
  }

  /// Takes in what was measured; the gutters of before show until they are worked out anew.
  mutating func take(_ found: [MeasuredInfluence]) {
    atlas.take(found)
    for one in found {
      let wish = InfluenceWish(source: one.source.index, target: one.target.index)
      influencing.asked.removeAll { $0 == wish }
      let isMissing = lacksInfluence(GutterKey(source: wish.source, target: wish.target))
      if one.influence == nil || isMissing { influencing.refusals[wish] = Influencing.untold }
    }
    influencing.progress = nil
    renewEdges()
  }

  mutating func refuseInfluence(_ wishes: [InfluenceWish], reason: String) {
    for wish in wishes { influencing.refusals[wish] = reason }
    influencing.asked.removeAll { wishes.contains($0) }
    influencing.progress = nil
    message = "influence cannot be measured: \(reason)"
    renewEdges()
  }

  private mutating func renewEdges() {
    workings.renew()
    isOutdated = true
    renewPath()
  }

  /// The path by what is known now; the reader stays at the same step as far as there is one.
  mutating func renewPath() {
    guard let old = classPath else { return }
    var path = path(to: old.classIndex)
    if let last = path?.steps.indices.last { path?.at = min(old.at, last) }
    classPath = path
  }

  /// The strongest path to a class, in the measure in use.
  func path(to classIndex: Int) -> ClassPath? {
    strongestPath(to: classIndex, in: atlas, sortedBy: classSort, byInfluence: usesInfluence)
  }

  /// How far it is, or why it is not to be had, for the status line; nothing where all that is
  /// wanted is there.
  func influenceNote(_ lacking: [GutterKey]) -> String? {
    guard usesInfluence, !lacking.isEmpty else { return nil }
    if influencing.isPossible {
      let coming = lacking.filter { influencing.refusals[InfluenceWish($0)] == nil }
      if coming.isEmpty {
        return lacking.compactMap { influencing.refusals[InfluenceWish($0)] }.first.map {
          "influence: \($0)"
        }
      }
      guard let news = influencing.progress else { return "influence: to be measured…" }
      return "influence: measuring, \(news.done) of \(NumberText.counted(news.planned, "image"))"
    }
    if let progress, !progress.isFinished, progress.failure == nil {
      return "influence: measured once all images ran"
    }
    return "influence: not measured; open the model with --data"
  }
}
