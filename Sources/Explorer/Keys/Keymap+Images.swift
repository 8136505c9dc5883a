import Canvas

extension Keymap {
  /// Images: which are listed, what of them shows, and what they and classes do to other screens.
  static let images = [
    KeyBinding(
      [.character("w")], .showWhere, "where the selected neurons fire",
      short: "where", in: [.image]),
    KeyBinding(
      [.character("P")], .pinImages, "pin image or misclassified; take it off", short: "pin",
      in: ExplorerView.allCases, offeredIn: [.images, .image, .flips, .classes]),
    KeyBinding(
      [.character("v")], .filterVerdict, "right, wrong or all images",
      short: "right/wrong", in: [.images, .image]),
    KeyBinding(
      [.character("t")], .filterClass, "one class of images, or all",
      short: "class", in: [.images, .image]),
    KeyBinding(
      [.character("F")], .filterImages,
      "images by confidence: any, below 50 or 80 %, above 90 or 99 %", short: "sure",
      in: [.images, .image]),
    KeyBinding(
      [.character("o")], .orderImages, "most confident, least, or as in the data",
      short: "order", in: [.images, .image]),
    KeyBinding(
      [.character("I")], .showImages, "list images: all, or those of the class",
      short: "images",
      in: [.network, .layer, .cluster, .neuron, .classes, .pair, .findings, .whatIf, .flips],
      offeredIn: [.classes]),
    KeyBinding(
      [.character("S")], .sortByClass, "sort clusters by the class, or no longer",
      short: "sort", in: [.classes, .network, .layer, .cluster, .neuron], offeredIn: [.classes]),
  ]
}
