import Atlases
import Canvas
import Findings
import Networks

/// Takes in what happened; what has to be done outside comes back as data.
package func update(
  _ state: inout ExplorerState, _ action: ExplorerAction
) -> [ExplorerEffect] {
  switch action {
  case .key(let key):
    state.message = nil
    state.remembering { $0.press(key) }
  case .command(let command):
    state.message = nil
    state.remembering { $0.run(command) }
  case .resized(let size): state.context.size = size
  case .appearanceFound(let appearance): state.context.theme.appearance = appearance
  case .atlasRefreshed(let atlas): state.refresh(atlas)
  case .progress(let progress): state.progress = progress
  case .message(let text): state.message = text
  case .imagesLoaded(let images):
    for image in images { state.pictures.insert(image.index, image.pixels) }
  case .imagesUnavailable(let images, let reason):
    state.pictures.fail(images, reason: reason)
  case .regrouped(let answer): state.take(answer)
  case .sessionFound(let session): state.resume(session)
  case .ablationPossible: state.measuring.isPossible = true
  case .measuring(let progress): state.measuring.progress = progress
  case .contributionsMeasured(let layer, let found): state.take(found, layer: layer)
  case .ablated(let request, let result): state.take(result, for: request)
  case .ablationFailed(let request, let reason): state.fail(request, reason: reason)
  case .contributionsUnavailable(let layer, let reason): state.measuring.refusals[layer] = reason
  }
  return state.settle()
}

extension ExplorerState {
  /// Works out whatever the screen now needs; asks for the pictures it lacks.
  mutating func settle() -> [ExplorerEffect] {
    lookAfterSession()
    ensurePair()
    var survey = Survey()
    for _ in 0..<4 {
      survey = surveyed(self)
      let isDone =
        survey.layers.isEmpty && survey.gutters.isEmpty && survey.links.isEmpty
        && survey.pages.isEmpty && survey.bundles.isEmpty
        && !survey.needsFindings
      scrolls.merge(survey.scrolls) { _, new in new }
      if isDone { break }
      work(out: survey)
    }
    let missing = pictures.request(survey.images)
    var effects = outbox + (missing.isEmpty ? [] : [.loadImages(missing)])
    outbox = []
    let wishes = contributionWishes(survey)
    // A screen without contributions lets those asked for before go on.
    let goesOn =
      wishes.isEmpty && !measuring.isStopped && [facet, layerFacet].contains(.contributions)
    if wishes != measuring.asked, !goesOn {
      measuring.asked = wishes
      if wishes.isEmpty { measuring.progress = nil }
      effects.append(.measure(wishes))
    }
    return effects
  }

  private mutating func work(out survey: Survey) {
    for layer in survey.layers { ensureDigest(layer) }
    for key in survey.gutters { ensureGutter(key) }
    for key in survey.bundles { ensureBundles(key) }
    for key in survey.links { outgoing[key] = neuronLinks(key, in: atlas) }
    for request in survey.pages { ensurePage(request) }
    if survey.needsFindings { findings = Diagnosis().findings(in: atlas) }
  }

  /// Works out the digest of a layer unless that was done.
  mutating func ensureDigest(_ layer: Int) {
    guard digests[layer] == nil, atlas.network.layers.indices.contains(layer) else { return }
    digests[layer] = LayerDigest(layer, in: atlas, kernels: kernels[layer])
    kernels[layer] = digests[layer]?.kernels
  }

  private mutating func ensureGutter(_ key: GutterKey) {
    guard gutters[key] == nil, let source = readyDigest(key.source),
      let target = readyDigest(key.target)
    else { return }
    gutters[key] = gutterEdges(source, target, in: atlas, usesInfluence: usesInfluence)
  }

  private mutating func ensureBundles(_ key: BundleKey) {
    ensureGutter(key.gutter)
    guard bundles[key] == nil, let edges = gutters[key.gutter],
      let source = digests[key.gutter.source], let target = digests[key.gutter.target]
    else { return }
    bundles[key] = GutterBundles(
      edges, percent: key.percent, sourceCount: source.clusters.count,
      targetCount: target.clusters.count)
  }

  /// The digest of a layer there is, worked out on the spot if need be.
  mutating func readyDigest(_ layer: Int) -> LayerDigest? {
    ensureDigest(layer)
    return digests[layer]
  }

  mutating func refresh(_ atlas: Atlas) {
    let isSameNetwork = atlas.network == self.atlas.network
    let selected = layer?.id
    let edited = editedGroupings
    self.atlas = atlas
    computedParts = [:]
    forget()
    outgoing = [:]
    guard !isSameNetwork else {
      restore(edited)
      applyPendingGroupings()
      return
    }
    edits = EditHistory()
    jumps = JumpList()
    marks = [:]
    kernels = [:]
    arrangement = NetworkArrangement(atlas.network, expanded: expanded)
    let count = atlas.network.layers.count
    neuronOfLayer = Array(
      (neuronOfLayer + Array(repeating: 0, count: count)).prefix(count))
    selection.layer = min(selected?.index ?? 0, max(0, count - 1))
    selection.neuron = min(selection.neuron, max(0, (layer?.neuronCount ?? 1) - 1))
  }
}
