import Analysis
import Atlases
import ModelFiles
import Networks

extension AblationSession {
  /// The atlas with what each cluster of each layer contributes, as far as that is not in it yet;
  /// ends early when cancelled. What cannot be measured is noted; a layer that nothing follows is
  /// left out.
  ///
  /// - Parameter phase: Told which layer's turn it is.
  public func withContributions(
    _ atlas: Atlas, _ options: AblationOptions, phase: (String) -> Void
  ) -> Atlas {
    var result = atlas
    for (index, layer) in atlas.layers.enumerated() {
      let sets = missingSets(layer, atlas, options)
      guard !sets.isEmpty else { continue }
      let name = atlas.network.layers[index].name
      phase("switching clusters off in \(name), layer \(index + 1) of \(atlas.layers.count)")
      do throws(SessionError) {
        let found = try measure(sets, of: layer.layer, options)
        result.layers[index].contributions =
          layer.contributions?.merging(found) ?? found
      } catch {
        switch error {
        case .cancelled: return result
        case .cannotAblate:
          result.network.notes.append("\(error)")
          return result
        case .model(_, .cannotCut): continue
        default: result.network.notes.append("contributions of \(name): \(error)")
        }
      }
    }
    return result
  }

  /// Clusters that were not measured on as many images as are asked for.
  private func missingSets(
    _ layer: LayerAtlas, _ atlas: Atlas, _ options: AblationOptions
  ) -> [[Int]] {
    let known = layer.contributions
    let planned = min(options.imageLimit ?? .max, atlas.provenance.analyzedImageCount)
    let isCurrent =
      known.map {
        $0.replacement == options.replacement
          && $0.imageCount + atlas.provenance.unreadableImageCount >= planned
      } ?? false
    return clusterMembers(layer).filter { !isCurrent || known?.entry(of: $0) == nil }
  }

  /// Adds contributions, one entry a layer, and influence to the atlas that the cache keeps of this
  /// analysis.
  public func keep(
    _ contributions: [LayerContributions?], _ influence: [MeasuredInfluence] = []
  ) throws(SessionError) {
    guard contributions.contains(where: { $0 != nil }) || !influence.isEmpty else { return }
    try keeper.add(contributions, influence)
  }
}

/// The neurons of each cluster of a layer, ascending; clusters in display order.
public func clusterMembers(_ layer: LayerAtlas) -> [[Int]] {
  guard let labels = layer.clustering?.labels else { return [] }
  return layer.clusterOrder.map { label in labels.indices.filter { labels[$0] == label } }
    .filter { !$0.isEmpty }
}
