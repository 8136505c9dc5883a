import Atlases
import Networks
import Tensors

/// An image, or several, as a column beside the classes.
struct PinnedImages: Sendable {
  /// Over the column.
  var name: String
  /// In a sentence.
  var title: String
  var request: ImageRequest
  /// Nil while they run.
  var found: ImageActivations?

  /// Images at most of which the mean is taken.
  static let imageLimit = 500

  /// `cat/7.png`, or `mean of 12 cat images classified wrongly`.
  var basisText: String {
    guard request.images.count > 1, let found else { return title }
    return "mean of \(NumberText.grouped(found.images.count)) \(title)"
  }
}

extension ExplorerState {
  /// Puts what is selected beside the classes of every heatmap, or takes away what is there.
  mutating func togglePin() {
    guard let wanted = pinSubject() else {
      if pinned != nil {
        unpin()
      } else if message == nil {
        message = "nothing to pin: open an image, or choose a class on the classes screen (c)"
      }
      return
    }
    if let pinned, pinned.request == wanted.request {
      unpin()
      return
    }
    guard looks.isPossible else {
      message = "only a model that can run pins images: open it with --data"
      return
    }
    pinned = wanted
    scores = scores.filter { !$0.key.isPinned }
    if looks.found?.images == wanted.request.images {
      pinned?.found = looks.found
      pinned?.found?.maps = [:]
    } else {
      outbox.append(.runImages(wanted.request))
    }
    message = "\(wanted.title) pinned: a column of its own in facet 2; P takes it off"
  }

  mutating func unpin() {
    guard let pinned else { return }
    message = "\(pinned.title) taken off"
    if pinned.found == nil { outbox.append(.runImages(ImageRequest(.pin, images: []))) }
    self.pinned = nil
    scores = scores.filter { !$0.key.isPinned }
  }

  /// What the pin key means on this screen; nil where it only takes a pin off.
  private mutating func pinSubject() -> PinnedImages? {
    switch view {
    case .image: return pin(image: selection.image)
    case .images, .flips:
      let images = view == .images ? listedImages : flippedImages().map(\.image)
      return images.indices.contains(selection.item) ? pin(image: images[selection.item]) : nil
    case .classes: return pinOfMisclassified(selection.classIndex)
    default: return nil
    }
  }

  private func pin(image: Int) -> PinnedImages? {
    guard (0..<(atlas.dataset?.count ?? 0)).contains(image) else { return nil }
    let title = imageName(image)
    let file = title.split(separator: "/").last ?? ""
    let stem = file.split(separator: ".").first.map(String.init)
    return PinnedImages(
      name: stem ?? title, title: title,
      request: ImageRequest(.pin, images: [image]))
  }

  private mutating func pinOfMisclassified(_ classIndex: Int) -> PinnedImages? {
    guard (0..<classCount).contains(classIndex) else { return nil }
    let filter = ImageFilter(truth: classIndex, verdict: .wrong, order: .dataset)
    let images = filteredImages(filter, in: atlas)
    guard !images.isEmpty else {
      if pinned == nil { message = "no \(className(classIndex)) image was classified wrongly" }
      return nil
    }
    let isLimited = images.count > PinnedImages.imageLimit
    let some = isLimited ? " (the first \(PinnedImages.imageLimit))" : ""
    return PinnedImages(
      name: "wrong", title: "\(className(classIndex)) images classified wrongly\(some)",
      request: ImageRequest(.pin, images: Array(images.prefix(PinnedImages.imageLimit))))
  }
}
