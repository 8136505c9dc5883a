import Canvas

/// One row of the table that keys, footer, help, palette and manual are made from.
package struct KeyBinding: Sendable {
  package fileprivate(set) var keys: [Key]
  package let command: Command
  /// One line of help.
  package let help: String
  /// A word for the footer; nil keeps it out.
  package let short: String?
  /// Where it means something; empty is everywhere.
  package let views: [ExplorerView]
  /// Where the footer offers it; empty is wherever it means something.
  let footerViews: [ExplorerView]

  init(
    _ keys: [Key], _ command: Command, _ help: String, short: String? = nil,
    in views: [ExplorerView] = [], offeredIn footerViews: [ExplorerView] = []
  ) {
    self.keys = keys
    self.command = command
    self.help = help
    self.short = short
    self.views = views
    self.footerViews = footerViews
  }

  package func applies(in view: ExplorerView) -> Bool { views.isEmpty || views.contains(view) }

  /// `recluster CLUSTERS`: its command, and what may follow.
  package var usage: String {
    [command.rawValue, command.argument?.hint].compactMap(\.self).joined(separator: " ")
  }

  /// `j ↓`: how its keys are written.
  package var keyNames: String { keys.map(keyName).joined(separator: " ") }
}

/// The one table of keys.
package struct Keymap: Sendable {
  package private(set) var bindings: [KeyBinding]

  /// The keys as they come.
  package static let standard = Keymap(
    bindings: moving + images + looking + general + editing)

  /// The command of a key on a screen.
  package func command(for key: Key, in view: ExplorerView) -> Command? {
    bindings.first { $0.applies(in: view) && $0.keys.contains(key) }?.command
  }

  /// The same with a command on `key` alone; what else the key meant on those screens, it means
  /// no longer.
  package func binding(_ command: Command, to key: Key) -> Keymap {
    let views = ExplorerView.allCases.filter { view in
      bindings.contains { $0.command == command && $0.applies(in: view) }
    }
    var keymap = self
    for index in bindings.indices {
      if bindings[index].command == command {
        keymap.bindings[index].keys = [key]
      } else if views.contains(where: { bindings[index].applies(in: $0) }) {
        keymap.bindings[index].keys.removeAll { $0 == key }
      }
    }
    return keymap
  }

  private static let moving = [
    KeyBinding([.character("h"), .left], .moveLeft, "left: pane, class or patch before"),
    KeyBinding([.character("j"), .down], .moveDown, "down: next cluster, neuron or row"),
    KeyBinding([.character("k"), .up], .moveUp, "up: cluster, neuron or row before"),
    KeyBinding([.character("l"), .right], .moveRight, "right: pane, class or patch after"),
    KeyBinding([.enter], .goIn, "in: network, layer, cluster, neuron, image", short: "in"),
    KeyBinding([.escape, .backspace], .goOut, "out: one level up", short: "out"),
    KeyBinding([.tab], .nextPart, "next pane or part of the screen", short: "pane"),
    KeyBinding([.backTab], .previousPart, "pane or part before"),
    KeyBinding(
      [.character("]")], .nextSibling, "next layer, cluster, neuron or image at this level",
      short: "next", in: [.layer, .cluster, .neuron, .image]),
    KeyBinding(
      [.character("[")], .previousSibling, "the one before at this level",
      in: [.layer, .cluster, .neuron, .image]),
    KeyBinding(
      [.character("p")], .followPath,
      "strongest path to the selected class: show, then follow it", short: "path", in: [.network]),
    KeyBinding([.character("g"), .home], .moveFirst, "to the first"),
    KeyBinding([.character("G"), .end], .moveLast, "to the last"),
    KeyBinding([.control("d"), .control("f"), .pageDown], .pageDown, "a page down"),
    KeyBinding([.control("u"), .control("b"), .pageUp], .pageUp, "a page up"),
  ]

  private static let looking = [
    KeyBinding(
      [.character("1")], .showFeatures, "facet: learned features, the strongest patches",
      short: "features", in: [.network, .layer, .cluster]),
    KeyBinding(
      [.character("2")], .showActivations, "facet: activations by class",
      short: "activations", in: [.network, .layer, .cluster, .neuron]),
    KeyBinding(
      [.character("3")], .showContributions, "contributions: what switching neurons off changes",
      short: "contributions", in: [.network, .layer, .cluster, .neuron]),
    KeyBinding(
      [], .stopMeasuring, "end measuring contributions", in: [.network, .layer, .cluster, .neuron]),
    KeyBinding(
      [.character("4")], .showWeights, "facet: weights and kernels", short: "weights",
      in: [.network, .layer, .cluster]),
    KeyBinding(
      [.character("5")], .showHealth, "facet: dead, rare, saturated and duplicate neurons",
      short: "health",
      in: [.network]),
    KeyBinding(
      [.character("e"), .character(" ")], .toggleGroup, "expand or collapse a group of layers",
      short: "expand", in: [.network]),
    KeyBinding([.character("+")], .expandGroup, "expand a group of layers", in: [.network]),
    KeyBinding(
      [.character("-")], .collapseGroup, "collapse the group around a layer", in: [.network]),
    KeyBinding([.character("*")], .expandAll, "expand every group", in: [.network]),
    KeyBinding([.character("_")], .collapseAll, "collapse every group", in: [.network]),
    KeyBinding(
      [.character("z")], .zoom,
      "zoom: nearer; one row a neuron, or all; only pictures", short: "zoom",
      in: [.network, .layer, .cluster]),
    KeyBinding(
      [.character("Z")], .zoomOut, "zoom out, up to a map of the whole network",
      in: [.network]),
    KeyBinding(
      [.character("]")], .moreEdges, "draw more of the edges' weight", short: "edges",
      in: [.network]),
    KeyBinding([.character("[")], .fewerEdges, "draw less of it", in: [.network]),
    KeyBinding(
      [.character("w")], .switchEdgeMeasure,
      "edges: kernel sums, or influence measured on images", in: [.network, .neuron]),
    KeyBinding(
      [.character("i")], .nextImportance,
      "picture sizes: activation, selectivity, strongest activation, contribution",
      in: [.network, .layer, .cluster]),
    KeyBinding(
      [.character("s")], .nextStatistic,
      "statistic: mean, max, share firing, z-score; logit, accuracy",
      short: "statistic", in: [.network, .layer, .cluster, .neuron, .whatIf, .image]),
    KeyBinding(
      [.character("o")], .switchClassOrder, "class order: the layer's own, by value, or labels",
      short: "order", in: [.network, .layer, .cluster, .neuron]),
    KeyBinding(
      [.character("r")], .switchScale, "colour scale: by row or for the layer",
      short: "scale", in: [.network, .layer, .cluster]),
    KeyBinding(
      [.character("d")], .showPair, "what tells the two classes of the cell apart",
      short: "apart", in: [.classes]),
    KeyBinding(
      [.character("o")], .reverseOrder, "what tells them apart most, or least, first",
      short: "reverse", in: [.pair]),
    KeyBinding(
      [.character("X")], .ablate, "what if: switch marked neurons, the neuron or cluster off",
      in: [.network, .layer, .cluster, .neuron, .whatIf]),
    KeyBinding([.character("W")], .showWhatIfs, "what was switched off, side by side"),
    KeyBinding([], .forgetWhatIf, "take the selected what-if away", in: [.whatIf]),
    KeyBinding(
      [], .exportMask, "write the neurons of the selected what-if to FILE as JSON",
      in: [.whatIf, .flips]),
    KeyBinding(
      [.character("c")], .showClasses, "accuracy and confusion by class", short: "classes"),
    KeyBinding([.character("f")], .showFindings, "findings: what is wrong, worst first"),
  ]

  private static let general = [
    KeyBinding(
      [.character("/")], .search, "search layers, clusters, neurons, classes", short: "search"),
    KeyBinding([.character("n")], .nextMatch, "next match"),
    KeyBinding([.character("N")], .previousMatch, "match before"),
    KeyBinding([.character(":")], .palette, "run a command by name"),
    KeyBinding([.character("?"), .function(1)], .help, "this help", short: "help"),
    KeyBinding([.character("q")], .back, "back; at the top: quit", short: "quit"),
    KeyBinding([.control("c")], .quitAtOnce, "quit at once; what was analysed is kept"),
    KeyBinding([.control("o")], .jumpBack, "back to the place visited before"),
    KeyBinding([.control("n")], .jumpForward, "forward to the place gone back from"),
    KeyBinding([.character("M")], .setMark, "give this place a letter, a to z"),
    KeyBinding([.character("'")], .marks, "to the place of a letter; list of marks and places"),
    KeyBinding(
      [.character("y")], .copy, "copy the address of what the cursor is on, its row, or the table"),
    KeyBinding([.character("Y")], .copyTable, "copy the table the cursor is in, columns by tabs"),
    KeyBinding([], .showNetwork, "to the network screen"),
    KeyBinding(
      [.character(">"), .character(".")], .laterCheckpoint,
      "in a training run: the same at the next checkpoint", short: "later"),
    KeyBinding(
      [.character("<"), .character(",")], .earlierCheckpoint,
      "in a training run: the same at the checkpoint before", short: "earlier"),
    KeyBinding([], .writeAtlas, "write the atlas, edits included, to a new file"),
    KeyBinding([], .readNotices, "what was told at the start, again"),
    KeyBinding([], .goTo, "to a layer, `layer:42` or `layer:B`"),
  ]
}

/// How a key is written in help and footer.
package func keyName(_ key: Key) -> String {
  switch key {
  case .character(" "): "space"
  case .character(let scalar): String(Character(scalar))
  case .control(let scalar): "^\(scalar)"
  case .up: "Up"
  case .down: "Down"
  case .left: "Left"
  case .right: "Right"
  case .home: "Home"
  case .end: "End"
  case .pageUp: "PgUp"
  case .pageDown: "PgDn"
  case .enter: "Enter"
  case .escape: "Esc"
  case .backspace: "Backspace"
  case .delete: "Del"
  case .tab: "Tab"
  case .backTab: "S-Tab"
  case .function(let number): "F\(number)"
  case .mousePress, .mouseDoubleClick, .scrollUp, .scrollDown: "mouse"
  case .appearance: "background"
  case .resize: "resize"
  }
}
