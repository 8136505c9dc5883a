import Analysis
import Atlases
import Networks
import Tensors

extension ExplorerState {
  /// The selected layer's clusters as they stand; nil before neurons are clustered.
  var grouping: LayerGrouping? {
    guard let part = selectedPart, let clustering = part.clustering,
      clustering.labels.count == layer?.neuronCount
    else { return nil }
    return part.grouping ?? LayerGrouping(clustering)
  }

  private var selectedPart: LayerAtlas? {
    atlas.layers.indices.contains(selection.layer) ? atlas.layers[selection.layer] : nil
  }

  /// Place in the grouping of the cluster that shows at `place`; nil for the dead.
  func groupingPlace(of cluster: ClusterDigest?) -> Int? {
    guard let label = cluster?.label, label >= 0, let first = cluster?.members.first else {
      return nil
    }
    return grouping?.clusters.firstIndex { $0.members.contains(first) }
  }

  /// What was noted about a neuron of the selected layer.
  func note(on neuron: Int) -> String? { selectedPart?.grouping?.note(on: neuron) }

  /// Makes `after` the selected layer's clusters, to be undone by one key.
  ///
  /// - Parameter order: Theirs, if it is known already.
  mutating func edit(
    _ what: String, _ after: LayerGrouping?, in order: RegroupAnswer.Order? = nil
  ) {
    guard let before = grouping, let after else {
      message = "this layer is not clustered yet: \(absence)"
      return
    }
    guard after != before else {
      message = "\(what): nothing to change"
      return
    }
    let step = EditStep(
      layer: selection.layer, before: selectedPart?.grouping, after: after, what: what)
    edits.record(step)
    show(after, of: selection.layer, in: order)
    message = "\(what) · u takes it back"
    savesSession = true
  }

  mutating func undo() {
    guard let step = edits.undo() else {
      message = "nothing was changed"
      return
    }
    show(step.before, of: step.layer)
    message = "undone: \(step.what) in \(layerName(step.layer))"
    savesSession = true
  }

  mutating func redo() {
    guard let step = edits.redo() else {
      message = "nothing was undone"
      return
    }
    show(step.after, of: step.layer)
    message = "done again: \(step.what) in \(layerName(step.layer))"
    savesSession = true
  }

  /// Shows a layer's clusters at once, in the old order of its neurons unless the new one is known;
  /// it is asked for otherwise.
  mutating func show(
    _ grouping: LayerGrouping?, of layer: Int, in order: RegroupAnswer.Order? = nil
  ) {
    guard atlas.layers.indices.contains(layer), let current = atlas.layers[layer].clustering
    else { return }
    regroupNumber += 1
    let standing = computedParts[layer] ?? ComputedClusters(atlas.layers[layer])
    if let grouping {
      guard grouping.fits(neuronCount: current.labels.count) else { return }
      computedParts[layer] = standing
      let edited = grouping.clustering(
        method: "arranged by hand, from \(standing.clustering?.method ?? "nothing")")
      atlas.layers[layer].grouping = grouping
      atlas.layers[layer].letters = nil
      atlas.layers[layer].clustering = edited
      if let order {
        put(order, layer)
      } else {
        atlas.layers[layer].clusterOrder = clusterOrder(
          of: edited, like: atlas.layers[layer].rowOrder?.order)
        outbox.append(
          .regroup(RegroupRequest(layer: layer, number: regroupNumber, work: .order(edited))))
        reordering[layer] = regroupNumber
        measuringOrder.remove(layer)
      }
    } else {
      standing.restore(&atlas.layers[layer])
      computedParts[layer] = nil
      reordering[layer] = nil
      measuringOrder.remove(layer)
    }
    renewClusters(of: layer)
  }

  /// Puts a layer's clusters and neurons in order.
  private mutating func put(_ order: RegroupAnswer.Order, _ layer: Int) {
    reordering[layer] = nil
    atlas.layers[layer].clusterOrder = order.clusterOrder
    atlas.layers[layer].rowOrder = order.rows
    if order.rows.lowerBound == nil {
      measuringOrder.insert(layer)
    } else {
      measuringOrder.remove(layer)
    }
  }

  /// The layer whose clusters a key would change, where a screen of its own shows it and its figures
  /// stand.
  package var editedLayer: Int? {
    let stands = progress?.isFinished ?? true
    return stands && [.layer, .cluster].contains(view) && grouping != nil
      ? selection.layer : nil
  }

  /// Whether clusters, or how they are ordered, are being worked out.
  var isEditing: Bool { dividing != nil || !reordering.isEmpty || !measuringOrder.isEmpty }

  /// Layers whose clusters were changed by hand, in order.
  var editedGroupings: [(layer: Int, grouping: LayerGrouping)] {
    atlas.layers.enumerated().compactMap { index, part in
      part.grouping.map { (index, $0) }
    }
  }

  /// Puts what was changed by hand on top of newly computed clusters.
  mutating func restore(_ edited: [(layer: Int, grouping: LayerGrouping)]) {
    for (layer, grouping) in edited where atlas.layers.indices.contains(layer) {
      guard let clustering = atlas.layers[layer].clustering else { continue }
      show(grouping.following(clustering), of: layer)
    }
  }

  /// Takes in what an edit had to wait for; answers to old requests are dropped.
  mutating func take(_ answer: RegroupAnswer) {
    let request = answer.request
    switch (answer.result, request.work) {
    case (.ordered(let order), .order(let clustering)):
      guard reordering[request.layer] == request.number,
        atlas.layers[request.layer].clustering == clustering
      else { return }
      put(order, request.layer)
      renewClusters(of: request.layer)
    case (.divided(let parts, let order), .divide), (.divided(let parts, let order), .cut):
      guard let wanted = dividing, wanted.number == request.number else { return }
      dividing = nil
      divided(parts, order, request, wanted.place)
    case (.measured(let figures, let labels), _):
      guard measuringOrder.contains(request.layer),
        atlas.layers[request.layer].clustering?.labels == labels
      else { return }
      measuringOrder.remove(request.layer)
      atlas.layers[request.layer].rowOrder = atlas.layers[request.layer].rowOrder?.with(figures)
    case (.failed(let sentence), _):
      if dividing?.number == request.number { dividing = nil }
      if reordering[request.layer] == request.number { reordering[request.layer] = nil }
      message = sentence
    default: break
    }
  }

  private mutating func divided(
    _ parts: [[Int]], _ order: RegroupAnswer.Order?, _ request: RegroupRequest, _ place: Int?
  ) {
    guard selection.layer == request.layer, let grouping else { return }
    let frame = RegroupRequest.Frame(grouping: grouping, place: place)
    let what = place == nil ? "clustered anew" : "cluster split in \(parts.count)"
    edit(what, frame.filled(with: parts), in: frame == request.frame ? order : nil)
  }
}

/// Clusters by where their first neuron lies in `order`; the dead last.
private func clusterOrder(of clustering: Clustering, like order: Permutation?) -> [Int] {
  let neurons = order?.order ?? Array(clustering.labels.indices)
  var seen: Set<Int> = []
  let live = neurons.compactMap { neuron -> Int? in
    let label = clustering.labels.indices.contains(neuron) ? clustering.labels[neuron] : -1
    return label >= 0 && seen.insert(label).inserted ? label : nil
  }
  return live + (clustering.labels.contains(-1) ? [-1] : [])
}

/// Neurons on their way to clusters of their own.
struct PendingDivision: Equatable, Sendable {
  var number: Int
  /// Place of the cluster to be split; nil when the layer is clustered anew.
  var place: Int?
}

/// What edits replace in a layer, kept for the way back.
struct ComputedClusters: Sendable {
  let clustering: Clustering?
  let clusterOrder: [Int]
  let rowOrder: SeriationResult?
  let grouping: LayerGrouping?
  let letters: [Int]?

  init(_ part: LayerAtlas) {
    clustering = part.clustering
    clusterOrder = part.clusterOrder
    rowOrder = part.rowOrder
    grouping = part.grouping
    letters = part.letters
  }

  func restore(_ part: inout LayerAtlas) {
    part.clustering = clustering
    part.clusterOrder = clusterOrder
    part.rowOrder = rowOrder
    part.grouping = grouping
    part.letters = letters
  }
}
