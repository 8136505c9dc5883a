import Atlases
import Canvas
import Networks

/// Takes in what happened; what has to be done outside comes back as data.
package func update(
  _ state: inout ExplorerState, _ action: ExplorerAction
) -> [ExplorerEffect] {
  switch action {
  case .key(let key):
    let hasReadNotice = state.message == nil
    state.message = nil
    if hasReadNotice { state.notices.next() }
    state.remembering { $0.press(key) }
  case .command(let command):
    state.message = nil
    state.remembering { $0.run(command) }
  case .resized(let size): state.context.size = size
  case .appearanceFound(let appearance): state.context.theme.appearance = appearance
  case .atlasRefreshed(let atlas): state.refresh(atlas)
  case .progress(let progress): state.progress = progress
  case .message(let text): state.message = text
  case .notice(let text): state.notices.take(text, width: state.context.size.width)
  case .imagesLoaded(let images):
    for image in images { state.pictures.insert(image) }
  case .imagesUnavailable(let images, let reason):
    state.pictures.fail(images, reason: reason)
  case .picturesFound: state.pictures.forgetFailures()
  case .regrouped(let answer): state.take(answer)
  case .workedOut(let found, _, let isComplete):
    let changesNothing = !state.lacksPieces && !state.isOutdated
    state.take(found, isComplete: isComplete)
    if changesNothing { return [] }
  case .sessionFound(let session): state.resume(session)
  case .ablationPossible: state.measuring.isPossible = true
  case .imageRunsPossible: state.looks.isPossible = true
  case .imagesRan(let request, let found): state.take(found, for: request)
  case .imageRunFailed(let request, let reason): state.fail(request, reason: reason)
  case .influencePossible:
    state.influencing.isPossible = true
    if state.usesInfluence { state.workings.forgetLinks() }
  case .measuringInfluence(let done, let planned):
    state.influencing.progress = (done, planned)
  case .influenceMeasured(let found): state.take(found)
  case .influenceUnavailable(let wishes, let reason):
    state.refuseInfluence(wishes, reason: reason)
  case .measuring(let progress): state.measuring.progress = progress
  case .contributionsMeasured(let layer, let found): state.take(found, layer: layer)
  case .ablated(let request, let result): state.take(result, for: request)
  case .ablationFailed(let request, let reason): state.fail(request, reason: reason)
  case .checkpointOpened(let atlas, let moment): state.show(atlas, at: moment)
  case .runChanged(let moment): state.moment = moment
  case .contributionsUnavailable(let layer, let reason): state.measuring.refusals[layer] = reason
  }
  return state.settle(after: action)
}

extension ExplorerState {
  /// Lays the screen out; asks for the pieces and the pictures that it lacks.
  mutating func settle(after action: ExplorerAction) -> [ExplorerEffect] {
    lookAfterSession()
    lookAtImage()
    let survey = layOut()
    let lacks = !survey.pieces.isEmpty
    if action.changesScreen {
      if workings.packings.count > Workings.mostPackings {
        workings.packings = workings.packings.filter { survey.packings.contains($0.key) }
      }
      workNumber += 1
      outbox.append(.workOut(number: workNumber))
      lacksPieces = lacks
    } else if case .workedOut(_, workNumber, isComplete: true) = action {
      lacksPieces = false
    } else {
      lacksPieces = lacksPieces && lacks
    }
    let missing = pictures.request(survey.images)
    var effects = outbox + (missing.isEmpty ? [] : [.loadImages(missing)])
    outbox = []
    let wishes = contributionWishes(survey)
    // A screen without contributions lets those asked for before go on.
    let goesOn =
      wishes.isEmpty && !measuring.isStopped
      && ([facet, layerFacet].contains(.contributions) || importance == .contribution)
    if wishes != measuring.asked, !goesOn {
      measuring.asked = wishes
      if wishes.isEmpty { measuring.progress = nil }
      effects.append(.measure(wishes))
    }
    return effects + askForInfluence(survey)
  }

  /// Works out what the layout of the screen and the meaning of keys depend on: cheap, and the
  /// same whatever else is still on its way.
  mutating func layOut() -> Survey {
    ensurePair()
    ensureImageList()
    ensureConfusions()
    var survey = Survey()
    for _ in 0..<4 {
      survey = surveyed(self)
      scrolls.merge(survey.scrolls) { _, new in new }
      // Elsewhere one layer is all there is to see.
      let single = view == .network ? [] : survey.layers
      if survey.outlines.isEmpty, survey.links.isEmpty, survey.scores.isEmpty, single.isEmpty {
        break
      }
      for layer in survey.outlines { _ = readyDigest(layer) }
      for key in survey.scores { ensureScores(key) }
      for layer in single { ensureFilled(layer) }
      for key in survey.links {
        workings.outgoing[key] = neuronLinks(key, in: atlas, byInfluence: usesInfluence)
      }
    }
    return survey
  }

  mutating func refresh(_ atlas: Atlas) {
    let isSameNetwork = atlas.network == self.atlas.network
    let selected = layer?.id
    let edited = editedGroupings
    self.atlas = atlas
    (computedParts, measuringOrder) = ([:], [])
    classPath = nil
    (imageList, scores, norms) = (nil, [:], [:])
    guard !isSameNetwork else {
      workings.renew()
      isOutdated = true
      restore(edited)
      applyPendingGroupings()
      return
    }
    (looks.found, looks.asked, pinned) = (nil, nil, nil)
    edits = EditHistory()
    jumps = JumpList()
    marks = [:]
    workings = Workings(revision: workings.revision + 1)
    isOutdated = false
    arrangement = NetworkArrangement(atlas.network, expanded: expanded)
    let count = atlas.network.layers.count
    neuronOfLayer = Array(
      (neuronOfLayer + Array(repeating: 0, count: count)).prefix(count))
    selection.layer = min(selected?.index ?? 0, max(0, count - 1))
    selection.neuron = min(selection.neuron, max(0, (layer?.neuronCount ?? 1) - 1))
  }
}

extension ExplorerAction {
  /// Whether the screen may need other pieces after it.
  fileprivate var changesScreen: Bool {
    switch self {
    case .key, .command, .resized, .atlasRefreshed, .regrouped, .sessionFound,
      .checkpointOpened, .influencePossible, .influenceMeasured, .influenceUnavailable:
      true
    default: false
    }
  }
}
