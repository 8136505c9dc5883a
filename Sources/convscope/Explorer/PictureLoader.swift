import Atlases
import Explorer
import Networks
import Pipeline

/// Decodes pictures beside the loop, those asked for last first.
actor PictureLoader {
  fileprivate var store: PictureStore
  fileprivate let mailbox: Mailbox<LoopMessage>
  /// Requests not yet done, the newest at the end.
  private var pending: [(images: [Int], geometry: Preprocessing?)] = []
  private var isRunning = false

  /// Few enough that new requests soon get their turn.
  private static let chunk = 8

  init(store: sending PictureStore, mailbox: Mailbox<LoopMessage>) {
    self.store = store
    self.mailbox = mailbox
  }

  /// Answers for each image with a picture or the reason that there is none.
  func load(_ images: [Int], geometry: Preprocessing?) async {
    pending.append((images, geometry))
    guard !isRunning else { return }
    isRunning = true
    while let request = pending.popLast() {
      let later = Array(request.images.dropFirst(Self.chunk))
      if !later.isEmpty { pending.append((later, request.geometry)) }
      let now = Array(request.images.prefix(Self.chunk))
      for action in store.answers(now, request.geometry) { mailbox.post(.action(action)) }
      await Task.yield()
    }
    isRunning = false
  }
}

extension PictureLoader {
  /// Takes pictures from the images at `path`, also those that were missing.
  func useImages(at path: String) {
    store.useImages(at: path)
    mailbox.post(.action(.picturesFound))
  }

  /// Writes an atlas with its pictures to a new file; says how that went.
  func write(_ atlas: Atlas, to path: String) {
    mailbox.post(.action(.message(store.write(atlas, to: path))))
  }
}

extension PictureStore {
  /// - Returns: How it went, one sentence.
  mutating func write(_ atlas: Atlas, to path: String) -> String {
    let path = InputPath.expanded(path)
    do {
      try exportAtlas(atlas, to: path, pictures: try exportedPictures())
      return "written to \(path)"
    } catch {
      return (error as? CommandFailure)?.sentence ?? oneSentence("\(error)")
    }
  }

  /// What the explorer gets for the pictures it asked for, each index in one of the actions.
  mutating func answers(_ images: [Int], _ geometry: Preprocessing?) -> [ExplorerAction] {
    var loaded: [LoadedImage] = []
    var actions: [ExplorerAction] = []
    for image in images {
      do {
        loaded.append(LoadedImage(index: image, pixels: try picture(image, geometry)))
      } catch {
        let reason = (error as? CommandFailure)?.sentence ?? oneSentence("\(error)")
        actions.append(.imagesUnavailable([image], reason: reason))
      }
    }
    return loaded.isEmpty ? actions : [.imagesLoaded(loaded)] + actions
  }
}
