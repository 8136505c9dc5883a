import Atlases
import Networks

/// What is known of the image that is looked at, beyond what the atlas says.
struct ImageLook: Sendable {
  /// The network can be run: its file and its images are at hand.
  var isPossible = false
  /// Whether the picture shows where the selected neurons fire.
  var showsWhere = true
  /// What was last asked for and is not answered.
  var asked: ImageRequest?
  /// Of the last image that ran; stays until another did.
  var found: ImageActivations?
  /// Layers that were answered without maps for the images of `found`: their output tells nothing by
  /// image.
  private(set) var layersWithoutMaps: Set<Int> = []
  /// Why an image could not run.
  var failure: (image: Int, reason: String)?

  /// Values of feature maps kept at most, besides those of one layer.
  static let mapLimit = 2 * ActivationMaps.valueLimit

  /// The image `found` is of.
  var image: Int? { found?.images.first }

  /// Takes in what came of a request; further layers of the same image are added to it.
  mutating func take(_ activations: ImageActivations, for request: ImageRequest) {
    guard request == asked else { return }
    asked = nil
    failure = nil
    if found?.images != activations.images { layersWithoutMaps = [] }
    if let layer = request.layer, activations.maps[layer] == nil { layersWithoutMaps.insert(layer) }
    guard var known = found, known.images == activations.images else {
      found = activations
      return
    }
    known.maps.merge(activations.maps) { _, new in new }
    let count = known.maps.values.reduce(0) { $0 + $1.values.count }
    found = count <= Self.mapLimit ? known : activations
  }

  mutating func fail(_ request: ImageRequest, reason: String) {
    guard request == asked, let image = request.images.first else { return }
    asked = nil
    failure = (image, reason)
  }

  /// What to ask for so that `image` can be shown with a layer's maps; nil when that is known,
  /// asked for, or hopeless.
  func request(_ image: Int, layer: Int) -> ImageRequest? {
    let wanted = ImageRequest(.look, images: [image], layer: layer)
    guard isPossible, wanted != asked, failure?.image != image else { return nil }
    if let found, found.images == [image],
      found.maps[layer] != nil || layersWithoutMaps.contains(layer)
    {
      return nil
    }
    return wanted
  }
}

extension ExplorerState {
  /// What the neurons did on the selected image; nil while it runs.
  var look: ImageActivations? {
    looks.image == selection.image ? looks.found : nil
  }

  /// Asks for the image on screen unless it is known.
  mutating func lookAtImage() {
    guard view == .image, layer != nil, (0..<(atlas.dataset?.count ?? 0)).contains(selection.image),
      let request = looks.request(selection.image, layer: selection.layer)
    else { return }
    looks.asked = request
    looks.failure = nil
    outbox.append(.runImages(request))
  }

  /// Takes in what came of a run for any purpose.
  mutating func take(_ activations: ImageActivations, for request: ImageRequest) {
    guard activations.fits(atlas) else {
      fail(request, reason: "the model that ran is not the one shown")
      return
    }
    if request.purpose == .pin {
      if pinned?.request == request { pinned?.found = activations }
      return
    }
    let isNew = looks.found?.images != activations.images
    looks.take(activations, for: request)
    guard isNew, looks.found?.images == activations.images else { return }
    scores = scores.filter { $0.key.isPinned }
    if view == .image, looks.image == selection.image { selectStrongest() }
  }

  mutating func fail(_ request: ImageRequest, reason: String) {
    looks.fail(request, reason: reason)
    guard let pinned, pinned.request == request, pinned.found == nil else { return }
    message = "\(pinned.title): \(reason)"
    self.pinned = nil
  }

  /// Why it is not known what fires on the image: one sentence, without a full stop.
  var lookAbsence: String {
    if let failure = looks.failure, failure.image == selection.image { return failure.reason }
    if looks.isPossible { return "running this image…" }
    if let progress, !progress.isFinished, progress.failure == nil {
      return "what fires on it can be seen once all images ran"
    }
    return "to see what fires on it, and where, name model and images: --model FILE --data PATH"
  }
}

extension ImageActivations {
  /// Whether it has a value for every neuron of the atlas.
  fileprivate func fits(_ atlas: Atlas) -> Bool {
    let counts = atlas.network.layers.map(\.neuronCount)
    return layers.map(\.neuronCount) == counts
      && maps.allSatisfy {
        counts.indices.contains($0.key) && $0.value.neuronCount == counts[$0.key]
      }
  }
}
