import Atlases
import Canvas
import Networks
import Tensors

/// What a session belongs to: the same model with the same images.
package struct SessionKey: Hashable, Sendable, Codable {
  /// SHA-256, hexadecimal.
  package var modelHash: String
  package var datasetHash: String

  package init(modelHash: String, datasetHash: String) {
    self.modelHash = modelHash
    self.datasetHash = datasetHash
  }
}

extension SessionKey {
  /// What the atlas is of.
  package init(_ atlas: Atlas) {
    self.init(
      modelHash: atlas.provenance.modelHash, datasetHash: atlas.provenance.datasetHash)
  }
}

/// What is kept of a visit: clusters arranged by hand, notes, and where it ended.
package struct SavedSession: Hashable, Sendable, Codable {
  /// A layer whose clusters were changed.
  package struct Layer: Hashable, Sendable, Codable {
    package var name: String
    package var grouping: LayerGrouping
  }

  package static let currentVersion = 1

  package var version = SavedSession.currentVersion
  package var key: SessionKey
  package var layers: [Layer]
  /// Name of the layer last looked at.
  package var layer: String?
  package var neuron: Int
  package var facet: String
  package var statistic: String
  /// Places with a letter; nil in sessions of versions without.
  package var marks: [PlaceMark]?
}

extension ExplorerState {
  /// Nil until model and images are known by their hashes.
  var sessionKey: SessionKey? {
    atlas.provenance.modelHash.isEmpty ? nil : SessionKey(atlas)
  }

  /// What to keep of this visit.
  package var savedSession: SavedSession? {
    sessionKey.map { key in
      SavedSession(
        key: key,
        layers: editedGroupings.map { edited in
          SavedSession.Layer(name: layerName(edited.layer), grouping: edited.grouping)
        }, layer: layer?.name, neuron: selection.neuron, facet: facet.rawValue,
        statistic: statistic.rawValue, marks: placeMarks)
    }
  }

  /// Asks for the last visit's session once it is known what it would belong to, and keeps this
  /// one's whenever an edit changed it.
  mutating func lookAfterSession() {
    guard let key = sessionKey else { return }
    if askedSession != key {
      askedSession = key
      outbox.append(.findSession(key))
    }
    if savesSession, let session = savedSession {
      savesSession = false
      outbox.append(.keepSession(session))
    }
  }

  /// Takes up the last visit. What does not fit the network, or was changed meanwhile, stays.
  mutating func resume(_ session: SavedSession) {
    guard session.key == sessionKey, session.version == SavedSession.currentVersion else { return }
    let names = atlas.network.layers.map(\.name)
    var restored = 0
    for kept in session.layers {
      guard let index = names.firstIndex(of: kept.name),
        kept.grouping.fits(neuronCount: atlas.network.layers[index].neuronCount),
        atlas.layers[index].grouping == nil
      else { continue }
      pendingGroupings[index] = kept.grouping
      restored += 1
    }
    applyPendingGroupings()
    if let facet = Facet(rawValue: session.facet) { self.facet = facet }
    if let statistic = Statistic(rawValue: session.statistic) { self.statistic = statistic }
    if view == .network, selection == Selection(), let name = session.layer,
      let index = names.firstIndex(of: name)
    {
      reveal(index)
      select(layer: index)
      select(neuron: session.neuron)
    }
    let letters = Set(placeMarks.map(\.letter))
    placeMarks += (session.marks ?? []).filter { !letters.contains($0.letter) }.prefix(26)
    placeMarks.sort { $0.letter < $1.letter }
    if restored > 0 {
      notices.take(
        "clusters of \(NumberText.counted(restored, "layer")) as you arranged them",
        width: context.size.width)
    }
  }

  /// Puts kept clusters on layers as soon as those are clustered.
  mutating func applyPendingGroupings() {
    for index in pendingGroupings.keys.sorted() {
      guard let grouping = pendingGroupings[index], atlas.layers.indices.contains(index),
        let clustering = atlas.layers[index].clustering
      else { continue }
      pendingGroupings[index] = nil
      show(grouping.following(clustering), of: index)
    }
  }
}
