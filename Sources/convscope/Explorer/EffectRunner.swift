import Atlases
import Explorer
import Networks

/// Does what `update` asks for, away from the loop; answers come back through the mailbox.
struct EffectRunner {
  private let pictures: PictureLoader

  init(pictures store: sending PictureStore, mailbox: Mailbox<LoopMessage>) {
    pictures = PictureLoader(store: store, mailbox: mailbox)
  }

  /// - Parameter atlas: What the effect is about, as it is now.
  func start(_ effect: ExplorerEffect, for atlas: Atlas) {
    switch effect {
    case .loadImages(let images):
      let geometry = atlas.provenance.preprocessing?.chosen.preprocessing
      Task.detached { [pictures] in await pictures.load(images, geometry: geometry) }
    }
  }
}
