import Atlases

/// A step of the cursor.
enum Move: Sendable {
  case up, down, left, right, first, last, pageUp, pageDown
}

extension ExplorerState {
  mutating func run(_ command: Command) {
    if let move = Move(command) {
      self.move(move)
      return
    }
    if command.argument?.isRequired == true {
      prompt = Prompt(purpose: .palette, text: "\(command.rawValue) ")
      return
    }
    switch command {
    case .goIn: goIn()
    case .goOut: leave()
    case .back: if places.count > 1 { goOut() } else { hasQuit = true }
    case .quitAtOnce: (hasQuit, quitsProgram) = (true, true)
    case .laterCheckpoint: stepCheckpoint(by: 1)
    case .earlierCheckpoint: stepCheckpoint(by: -1)
    case .nextPart: stepPart(by: 1)
    case .previousPart: stepPart(by: -1)
    case .nextSibling: stepSibling(by: 1)
    case .previousSibling: stepSibling(by: -1)
    case .search: prompt = Prompt(purpose: .search)
    case .palette: prompt = Prompt(purpose: .palette)
    case .nextMatch: stepMatch(by: 1)
    case .previousMatch: stepMatch(by: -1)
    case .help: helpLine = 0
    case .showClasses: if view != .classes { push(.classes) }
    case .showPair: showPair()
    case .showImages: showImages()
    case .pinImages: togglePin()
    case .sortByClass: switchClassSort()
    case .filterClass: switchClassFilter()
    case .filterVerdict: refilter { $0.verdict = $0.verdict.next }
    case .filterImages: filterImages("")
    case .orderImages: refilter { $0.order = $0.order.next }
    case .showWhere: looks.showsWhere.toggle()
    case .readNotices: readNotices()
    case .showFindings: if view != .findings { push(.findings) }
    case .ablate: ablate([])
    case .showWhatIfs: if view != .whatIf { push(.whatIf) }
    case .forgetWhatIf: shelf.forgetSelected()
    case .jumpBack: jumpBack()
    case .jumpForward: jumpForward()
    case .setMark: prompt = Prompt(purpose: .setMark)
    case .marks: openMarks()
    case .copy: copy("")
    case .copyTable: copy("table")
    case .showNetwork:
      hasJumped = true
      places = [Place(view: .network)]
    case .mark, .unmark, .moveNeurons, .mergeClusters, .splitCluster, .moreClusters,
      .fewerClusters, .pin, .undo, .redo:
      runEdit(command, "")
    default: changeLook(command)
    }
    if command == .search { hits = [] }
  }

  /// Runs a command with what was typed behind its name; empty where nothing was.
  mutating func run(_ command: Command, argument: String) {
    switch command {
    case .goTo: go(to: argument)
    case .ablate: ablate(argument.split(separator: " ").map(String.init))
    case .exportMask: exportMask(to: argument)
    case .copy: copy(argument)
    case .filterImages: filterImages(argument)
    case .setMark: setMark(argument)
    case .marks: goToMark(argument)
    case .writeAtlas:
      outbox.append(.writeAtlas(path: argument))
      message = "writing \(argument)…"
    case .moveNeurons, .mergeClusters, .splitCluster, .recluster, .cutTree, .renameCluster, .note:
      runEdit(command, argument)
    default: run(command)
    }
  }

  private mutating func changeLook(_ command: Command) {
    switch command {
    case .showFeatures: show(.features)
    case .showActivations: show(.activations)
    case .showWeights: show(.weights)
    case .showHealth: facet = .health
    case .showContributions:
      show(.contributions)
      measuring.isStopped = false
    case .stopMeasuring: measuring.isStopped = true
    case .nextImportance: importance = importance.next
    case .nextStatistic: switchStatistic()
    case .switchClassOrder: usesLabelOrder.toggle()
    case .switchScale: heatScale = heatScale == .row ? .layer : .row
    case .reverseOrder:
      isPairReversed.toggle()
      selection.item = 0
      selection.link = 0
    case .zoom: if view == .network { zoomNetwork(by: 1) } else { isZoomed.toggle() }
    case .zoomOut: zoomNetwork(by: -1)
    case .moreEdges: changeEdgePercent(by: 10)
    case .fewerEdges: changeEdgePercent(by: -10)
    case .switchEdgeMeasure: switchEdgeMeasure()
    case .followPath: followPath()
    case .toggleGroup: toggleGroup()
    case .expandGroup: expandGroup()
    case .collapseGroup: collapseGroup()
    case .expandAll: regroup(allGroups(atlas.network))
    case .collapseAll: regroup([])
    default: break
    }
  }
}

extension ExplorerState {
  /// The layer screen has a facet of its own, which contributions take along.
  private mutating func show(_ facet: Facet) {
    if view != .layer { self.facet = facet }
    if view == .layer {
      layerFacet = facet
    } else if facet == .contributions || layerFacet == .contributions {
      layerFacet = facet == .contributions ? .contributions : .activations
    }
  }

  private mutating func switchStatistic() {
    guard showsContributions || view == .whatIf else {
      statistic = statistic.next
      if sortClass != nil { forget() }
      return
    }
    measuring.measure = measuring.measure == .score ? .accuracy : .score
  }
}

extension Move {
  init?(_ command: Command) {
    switch command {
    case .moveUp: self = .up
    case .moveDown: self = .down
    case .moveLeft: self = .left
    case .moveRight: self = .right
    case .moveFirst: self = .first
    case .moveLast: self = .last
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    default: return nil
    }
  }

  /// Where `index` of `count` goes by a vertical step; `page` rows make a page.
  func moved(_ index: Int, count: Int, page: Int) -> Int {
    let goal =
      switch self {
      case .up: index - 1
      case .down: index + 1
      case .first: 0
      case .last: count - 1
      case .pageUp: index - page
      case .pageDown: index + page
      case .left, .right: index
      }
    return max(0, min(goal, count - 1))
  }

  /// Where `index` of `count` goes among tiles in rows of `columns`; nil past an edge of the grid.
  func moved(_ index: Int, inGridOf columns: Int, count: Int, page: Int) -> Int? {
    let goal =
      switch self {
      case .left, .right: index + sideways
      case .up: index - columns
      case .down: index + columns
      default: moved(index, count: count, page: page)
      }
    return (0..<count).contains(goal) ? goal : nil
  }

  /// -1 to the left, 1 to the right, else 0.
  var sideways: Int {
    switch self {
    case .left: -1
    case .right: 1
    default: 0
    }
  }
}
