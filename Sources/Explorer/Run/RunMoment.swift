import Atlases
import Canvas
import Networks

/// The checkpoint of a training run that the explorer looks at.
package struct RunMoment: Hashable, Sendable {
  /// As the run screen calls it.
  package var label: String
  /// Place among the checkpoints of the run.
  package var place: Int
  package var count: Int

  package init(label: String, place: Int, count: Int) {
    self.label = label
    self.place = place
    self.count = count
  }
}

/// What of a checkpoint is to be looked at.
package struct RunTarget: Hashable, Sendable {
  package var layer: String
  /// Nil for the layer as a whole.
  package var neuron: Int?

  package init(layer: String, neuron: Int?) {
    self.layer = layer
    self.neuron = neuron
  }
}

extension ExplorerState {
  /// The explorer within a training run, at a layer or neuron; the way out leads back to the run.
  package init(
    atlas: Atlas, context: RenderContext, keymap: Keymap = .standard, at moment: RunMoment,
    _ target: RunTarget
  ) {
    self.init(atlas: atlas, context: context, keymap: keymap)
    self.moment = moment
    guard let layer = atlas.network.layers.firstIndex(where: { $0.name == target.layer }) else {
      return
    }
    select(layer: layer)
    places = [Place(view: target.neuron == nil ? .layer : .neuron)]
    if let neuron = target.neuron { select(neuron: neuron) }
  }

  /// What is looked at now, in the words of the run.
  package var target: RunTarget {
    RunTarget(
      layer: layerName(selection.layer),
      neuron: view == .neuron || view == .cluster ? selection.neuron : nil)
  }

  /// Asks for a checkpoint before or after.
  mutating func stepCheckpoint(by step: Int) {
    guard let moment else {
      message = "no training run is open; convscope run DIR opens one"
      return
    }
    guard (0..<moment.count).contains(moment.place + step) else {
      message = step > 0 ? "this is the last checkpoint" : "this is the first checkpoint"
      return
    }
    message = "opening the checkpoint \(step > 0 ? "after" : "before") \(moment.label)…"
    outbox.append(.stepCheckpoint(step))
  }

  /// Shows another checkpoint; the selection stays, what rested on the weights goes.
  mutating func show(_ atlas: Atlas, at moment: RunMoment) {
    self.moment = moment
    message = nil
    for layer in self.atlas.layers.indices { self.atlas.layers[layer].grouping = nil }
    measuring = Measuring()
    shelf = WhatIfShelf()
    refresh(atlas)
    edits = EditHistory()
    marks = [:]
    // The weights are others, even where the network is the same.
    workings = Workings(revision: workings.revision + 1)
    isOutdated = false
  }

  /// Whether a key is of use: those that step through a run are within one.
  func offers(_ binding: KeyBinding) -> Bool {
    binding.applies(in: view)
      && (moment != nil || ![.laterCheckpoint, .earlierCheckpoint].contains(binding.command))
  }
}
