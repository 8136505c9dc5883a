import Analysis
import Atlases

extension ExplorerState {
  /// What a neuron's picture is sized by; NaN where it is not known. Contributions count once all
  /// that are sized together were measured, so that sizes do not change with every one.
  ///
  /// - Parameter place: Of the cluster whose pictures are sized together; nil for the layer.
  /// - Complexity: O(neurons · log neurons + entries · classes).
  func importances(
    _ importance: Importance, _ digest: LayerDigest, place: Int?
  ) -> [Double] {
    guard importance == .contribution else { return digest.importances[importance] ?? [] }
    guard unmeasured(digest, place: place).isEmpty else { return [] }
    return neuronLosses(of: digest.layer, count: digest.neuronCount)
  }

  /// What the images' own class' score loses, in the mean over all images, when a neuron alone is
  /// switched off; NaN for those not measured.
  func neuronLosses(of layer: Int, count: Int) -> [Double] {
    var losses = Array(repeating: Double.nan, count: count)
    guard atlas.layers.indices.contains(layer), let all = atlas.layers[layer].contributions else {
      return losses
    }
    for entry in all.entries {
      guard let only = entry.loneNeuron, losses.indices.contains(only),
        entry.fits(classCount: all.classCounts.count)
      else { continue }
      losses[only] = entry.overallScoreChange(counts: all.classCounts).mean.map { -$0 } ?? .nan
    }
    return losses
  }

  /// Neurons of a cluster, or of the layer, that have a picture and were not switched off alone yet.
  func unmeasured(_ digest: LayerDigest, place: Int?) -> [Int] {
    var isKnown = Array(repeating: false, count: digest.neuronCount)
    if atlas.layers.indices.contains(digest.layer),
      let all = atlas.layers[digest.layer].contributions
    {
      for entry in all.entries {
        guard let only = entry.loneNeuron, isKnown.indices.contains(only) else { continue }
        isKnown[only] = entry.fits(classCount: all.classCounts.count)
      }
    }
    return digest.rows[digest.rowRange(place)].filter {
      !isKnown[$0] && !digest.topPatches($0).isEmpty
    }
  }
}

extension Contribution {
  /// The neuron that it is of, where it is of one alone.
  fileprivate var loneNeuron: Int? { neurons.count == 1 ? neurons[0] : nil }
}

extension Surface {
  /// Asks for what each of the pictured neurons contributes alone.
  mutating func askForSizes(_ digest: LayerDigest, place: Int?, _ state: ExplorerState) {
    guard digest.hasData else { return }
    let missing = state.unmeasured(digest, place: place)
    guard !missing.isEmpty else { return }
    survey.contributions.append(
      ContributionWish(layer: digest.layer, sets: missing.map { [$0] }))
  }
}
