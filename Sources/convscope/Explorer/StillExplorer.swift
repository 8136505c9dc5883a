import Networks
import Atlases
import Canvas
import Explorer
import Pipeline
import Terminal

/// The explorer without a loop: what it asks for is done at once, frames are taken when wanted.
struct StillExplorer {
  private(set) var state: ExplorerState
  private var pictures: PictureStore
  private let ablation: AblationSession?
  private let images: ImageSession?
  private let memory = RegroupingMemory()

  /// - Parameters:
  ///   - request: The screen to begin with.
  ///   - ablation: What switches neurons off when the explorer asks for it.
  ///   - images: What runs single images; that of `ablation` when nil.
  init(
    _ subject: Subject, context: RenderContext, showing request: ViewRequest = .network,
    ablation: AblationSession? = nil, images: ImageSession? = nil
  ) throws(ViewRequestError) {
    let subject = subject.whole()
    self.ablation = ablation
    self.images = images ?? ablation?.imageSession()
    state = try ExplorerState(atlas: subject.atlas, context: context, showing: request)
    pictures = subject.pictures
    apply(.resized(context.size))
    if ablation != nil {
      apply(.ablationPossible)
      apply(.influencePossible)
    }
    if self.images != nil { apply(.imageRunsPossible) }
  }

  /// Takes in what happened, and everything that follows from it.
  mutating func apply(_ action: ExplorerAction) {
    var effects = update(&state, action)
    while let effect = effects.popLast() {
      switch effect {
      case .loadImages(let images):
        let geometry = state.atlas.provenance.preprocessing?.chosen.preprocessing
        for answer in pictures.answers(images, geometry) { effects += update(&state, answer) }
      case .workOut(let number): effects += update(&state, workedOut(state, number: number))
      case .findSession, .keepSession, .stepCheckpoint: break
      case .writeAtlas(let path):
        effects += update(&state, .message(pictures.write(state.atlas, to: path)))
      case .regroup(let request):
        var answers: [RegroupAnswer] = []
        regroup(request, in: state.atlas, memory, isCancelled: { false }) { answers.append($0) }
        for answer in answers { effects += update(&state, .regrouped(answer)) }
      case .measure(let wishes): effects += measured(wishes)
      case .measureInfluence(let wishes): effects += measuredInfluence(wishes)
      case .ablate(let request): effects += ablated(request)
      case .runImages(let request): effects += ran(request)
      case .exportMask(let neurons, let path):
        let answer = exportedMask(neurons, state.atlas.network, to: path)
        effects += update(&state, .message(answer))
      case .copy(let request):
        effects += update(&state, .message(Copier().copied(request) { _ in .unsupported }))
      }
    }
  }

  /// Measures at once, layer by layer.
  private mutating func measured(_ wishes: [ContributionWish]) -> [ExplorerEffect] {
    guard let ablation, let wish = wishes.first else { return [] }
    do {
      let found = try ablation.measure(wish.sets, of: LayerID(wish.layer))
      return update(&state, .contributionsMeasured(layer: wish.layer, found))
    } catch {
      let reason = CommandFailure(error).sentence
      return update(&state, .contributionsUnavailable(layer: wish.layer, reason: reason))
    }
  }

  private mutating func measuredInfluence(_ wishes: [InfluenceWish]) -> [ExplorerEffect] {
    guard let ablation, !wishes.isEmpty else { return [] }
    do {
      let found = try ablation.influenceSession().measure(wishes.map(\.pair))
      return update(&state, .influenceMeasured(found))
    } catch {
      let reason = CommandFailure(error).sentence
      return update(&state, .influenceUnavailable(wishes, reason: reason))
    }
  }

  private mutating func ran(_ request: ImageRequest) -> [ExplorerEffect] {
    guard let images, !request.images.isEmpty else { return [] }
    do {
      let found = try images.activations(of: request.images, mapsOf: request.layer)
      return update(&state, .imagesRan(request, found))
    } catch {
      let reason = CommandFailure(error).sentence
      return update(&state, .imageRunFailed(request, reason: reason))
    }
  }

  private mutating func ablated(_ request: WhatIfRequest) -> [ExplorerEffect] {
    guard let ablation else { return [] }
    do {
      let options = AblationOptions(replacement: request.replacement)
      let result = try ablation.whatIf(request.neurons, options)
      return update(&state, .ablated(request, result))
    } catch {
      return update(
        &state, .ablationFailed(request, reason: CommandFailure(error).sentence))
    }
  }

  mutating func press(_ keys: [Key]) {
    for key in keys where !state.hasQuit { apply(.key(key)) }
  }

  func frame() -> CellGrid {
    var grid = CellGrid(height: state.context.size.height, width: state.context.size.width)
    render(state, into: &grid)
    return grid
  }
}
