import Networks
import Atlases
import Canvas
import Explorer

/// The explorer without a loop: what it asks for is done at once, frames are taken when wanted.
struct StillExplorer {
  private(set) var state: ExplorerState
  private var pictures: PictureStore

  /// - Parameter request: The screen to begin with.
  init(
    _ subject: Subject, context: RenderContext, showing request: ViewRequest = .network
  ) throws(ViewRequestError) {
    let subject = subject.whole()
    state = try ExplorerState(atlas: subject.atlas, context: context, showing: request)
    pictures = subject.pictures
    apply(.resized(context.size))
  }

  /// Takes in what happened, and everything that follows from it.
  mutating func apply(_ action: ExplorerAction) {
    var effects = update(&state, action)
    while let effect = effects.popLast() {
      switch effect {
      case .loadImages(let images):
        let geometry = state.atlas.provenance.preprocessing?.chosen.preprocessing
        for answer in pictures.answers(images, geometry) { effects += update(&state, answer) }
      case .findSession, .keepSession: break
      case .writeAtlas(let path):
        effects += update(&state, .message(pictures.write(state.atlas, to: path)))
      case .regroup(let request):
        let answer = regrouped(request, in: state.atlas, isCancelled: { false })
        effects += update(&state, .regrouped(answer))
      }
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
