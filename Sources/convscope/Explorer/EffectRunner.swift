import Atlases
import Explorer
import Networks

/// Does what `update` asks for, away from the loop; answers come back through the mailbox.
struct EffectRunner {
  private let pictures: PictureLoader
  private let mailbox: Mailbox<LoopMessage>
  private var regrouper = Regrouper()
  private let workshop: Workshop
  /// Nil where nothing is kept between visits.
  private let sessions: SessionStore?
  private let engine: EngineFeed?
  /// Nil outside a training run.
  private let checkpoints: CheckpointFeed?

  /// - Parameter engine: What runs the network anew; nil where nothing can.
  init(
    pictures store: sending PictureStore, mailbox: Mailbox<LoopMessage>,
    sessions: SessionStore?, engine: EngineFeed? = nil, checkpoints: CheckpointFeed? = nil
  ) {
    self.checkpoints = checkpoints
    self.sessions = sessions
    self.engine = engine
    self.mailbox = mailbox
    workshop = Workshop(mailbox: mailbox)
    pictures = PictureLoader(store: store, mailbox: mailbox)
  }

  /// The images that pictures are of were found.
  func useImages(at path: String) {
    Task.detached { [pictures] in await pictures.useImages(at: path) }
  }

  /// A key came: nothing that can wait is to slow down its frame.
  func keyArrived() { workshop.hold() }

  /// The screen shows the state that was told last.
  func frameShown() { workshop.lookAhead() }

  /// - Parameter state: What the effect is about, as it is now.
  mutating func start(_ effect: ExplorerEffect, for state: ExplorerState) {
    let atlas = state.atlas
    switch effect {
    case .workOut(let number):
      workshop.start(state, number: number)
      if let layer = state.editedLayer { regrouper.prepare(layer, of: atlas) }
    case .loadImages(let images):
      let geometry = atlas.provenance.preprocessing?.chosen.preprocessing
      Task.detached { [pictures] in await pictures.load(images, geometry: geometry) }
    case .findSession(let key):
      if let session = sessions?.session(key) { mailbox.post(.action(.sessionFound(session))) }
    case .keepSession(let session):
      sessions?.keep(session) { [mailbox] in mailbox.post(.action(.message($0))) }
    case .writeAtlas(let path):
      Task.detached { [pictures] in await pictures.write(atlas, to: path) }
    case .regroup(let request): regrouper.start(request, for: atlas, mailbox: mailbox)
    case .measure(let wishes): engine?.measure(wishes)
    case .measureInfluence(let wishes): engine?.measureInfluence(wishes)
    case .ablate(let request): engine?.ablate(request)
    case .runImages(let request): engine?.runImages(request)
    case .stepCheckpoint(let count): checkpoints?.step(by: count)
    case .exportMask(let neurons, let path):
      let answer = exportedMask(neurons, atlas.network, to: path)
      mailbox.post(.action(.message(answer)))
    case .copy: break  // the loop's own: it has the screen
    }
  }
}
