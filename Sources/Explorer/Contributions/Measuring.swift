import Atlases
import Networks
import Tensors

/// Sets of one layer's neurons whose contribution is wanted.
package struct ContributionWish: Hashable, Sendable {
  package var layer: Int
  /// Neurons, ascending; most wanted first.
  package var sets: [[Int]]

  package init(layer: Int, sets: [[Int]]) {
    self.layer = layer
    self.sets = sets
  }
}

/// How far the measuring in the background is.
package struct MeasuringProgress: Hashable, Sendable {
  package var layer: Int
  /// Images done, of those that a measurement takes.
  package var done: Int
  package var planned: Int

  package init(layer: Int, done: Int, planned: Int) {
    self.layer = layer
    self.done = done
    self.planned = planned
  }
}

/// What a contribution is read as.
enum ContributionMeasure: Sendable {
  case score, accuracy

  func changes(_ entry: Contribution) -> (means: [Float], errors: [Float]) {
    switch self {
    case .score: (entry.scoreChange, entry.scoreError)
    case .accuracy: (entry.accuracyChange, entry.accuracyError)
    }
  }
}

/// What is known of measurements that run beside the explorer.
struct Measuring: Sendable {
  /// The network can be run: its file and its images are at hand.
  var isPossible = false
  /// The user ended it; choosing the facet goes on.
  var isStopped = false
  /// What was last asked for.
  var asked: [ContributionWish] = []
  var progress: MeasuringProgress?
  /// Why a layer's contributions cannot be had, one sentence.
  var refusals: [Int: String] = [:]
  var measure = ContributionMeasure.score
}

extension ExplorerState {
  /// Whether the screen shows contributions where it could show activations.
  var showsContributions: Bool { (view == .layer ? layerFacet : facet) == .contributions }

  /// What the screen lacks, by layer in order of appearance, the selected one first.
  func contributionWishes(_ survey: Survey) -> [ContributionWish] {
    guard measuring.isPossible, !measuring.isStopped else { return [] }
    var wishes: [ContributionWish] = []
    var seen: Set<ContributionWish> = []
    for wish in survey.contributions where measuring.refusals[wish.layer] == nil {
      let new = wish.sets.filter {
        seen.insert(ContributionWish(layer: wish.layer, sets: [$0])).inserted
      }
      if let known = wishes.firstIndex(where: { $0.layer == wish.layer }) {
        wishes[known].sets += new
      } else {
        wishes.append(ContributionWish(layer: wish.layer, sets: new))
      }
    }
    return wishes.filter { $0.layer == selection.layer }
      + wishes.filter { $0.layer != selection.layer }
  }

  /// Takes in what was measured.
  mutating func take(_ found: LayerContributions, layer: Int) {
    guard atlas.layers.indices.contains(layer) else { return }
    atlas.layers[layer].contributions =
      atlas.layers[layer].contributions?.merging(found) ?? found
    if measuring.progress?.layer == layer { measuring.progress = nil }
    workings.outdateSizes(of: layer)
  }

  /// Why a contribution does not show.
  func contributionAbsence(layer: Int) -> String {
    if let refusal = measuring.refusals[layer] { return refusal }
    if classNames.isEmpty, atlas.dataset != nil { return "the images carry no labels" }
    if measuring.isPossible {
      if measuring.isStopped { return "stopped; 3 goes on" }
      if let news = measuring.progress, news.layer == layer {
        return "measuring, \(news.done) of \(NumberText.counted(news.planned, "image"))"
      }
      return "to be measured…"
    }
    if let progress, !progress.isFinished, progress.failure == nil {
      return "measured once all images ran"
    }
    return "not measured; name model and images: --model FILE --data PATH"
  }
}

extension Surface {
  /// What a set of a layer's neurons contributes; asks for it where it was not measured.
  ///
  /// - Parameter members: In any order.
  mutating func contribution(
    _ layer: Int, _ members: [Int], _ state: ExplorerState
  ) -> Contribution? {
    let set = members.sorted()
    guard state.atlas.layers.indices.contains(layer) else { return nil }
    let contributions = state.atlas.layers[layer].contributions
    if let contributions, let known = contributions.entry(of: set),
      known.fits(classCount: contributions.classCounts.count)
    {
      return known
    }
    survey.contributions.append(ContributionWish(layer: layer, sets: [set]))
    return nil
  }
}

extension Contribution {
  /// Whether every part has a figure a class.
  func fits(classCount: Int) -> Bool {
    [scoreChange, scoreError, accuracyChange, accuracyError].allSatisfy { $0.count == classCount }
  }
}
