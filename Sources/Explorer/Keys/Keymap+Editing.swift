import Canvas

extension Keymap {
  /// Changing clusters by hand.
  static let editing = [
    KeyBinding(
      [.character(" ")], .mark, "mark the neuron, or the cluster in the list, for an edit",
      short: "mark", in: [.layer, .cluster]),
    KeyBinding([.character("U")], .unmark, "take all marks of the layer away", in: edited),
    KeyBinding(
      [.character("v")], .moveNeurons,
      "move marked neurons into the selected cluster, a named one, or a new one", in: edited),
    KeyBinding(
      [.character("m")], .mergeClusters,
      "merge the selected cluster with those of marked neurons", short: "merge", in: edited),
    KeyBinding(
      [.character("x")], .splitCluster,
      "split the cluster: marked neurons off, or in parts by what they respond to",
      short: "split", in: edited),
    KeyBinding(
      [.character("+")], .moreClusters, "one cluster more, layer clustered anew",
      in: edited),
    KeyBinding(
      [.character("-")], .fewerClusters, "one cluster less, layer clustered anew",
      in: edited),
    KeyBinding([], .recluster, "cluster the layer anew, in so many", in: edited),
    KeyBinding(
      [], .cutTree, "cluster the layer anew, average linkage cut at a cosine distance",
      in: edited),
    KeyBinding(
      [.character("p")], .pin, "pin the cluster: clustering anew leaves it whole",
      in: edited),
    KeyBinding([.character("R")], .renameCluster, "name the cluster", in: edited),
    KeyBinding(
      [.character("a")], .note, "note something about the cluster or neuron",
      in: [.layer, .cluster, .neuron]),
    KeyBinding(
      [.character("u")], .undo, "take the last edit back",
      in: [.network, .layer, .cluster, .neuron]),
    KeyBinding(
      [.control("r")], .redo, "make the edit again",
      in: [.network, .layer, .cluster, .neuron]),
  ]

  private static let edited: [ExplorerView] = [.layer, .cluster]
}
