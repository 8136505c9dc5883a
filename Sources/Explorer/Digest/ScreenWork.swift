import Atlases
import Canvas
import Findings
import Networks

/// Works out what a screen lacks, one piece after another; then, if wanted, what the screens that
/// a key may lead to next lack. Needs no more than a copy of the state, so that it can be done
/// beside the loop.
package struct ScreenWork: Sendable {
  private let start: ExplorerState
  private var state: ExplorerState
  private var pieces: [WorkPiece] = []
  private var rounds = 0
  private var ahead: [Command] = [
    .moveRight, .moveLeft, .goIn, .moveDown, .showActivations, .nextPart, .showClasses, .moveLast,
    .moveFirst, .zoom, .goOut, .expandAll, .toggleGroup, .collapseAll,
  ]
  /// Whether the outlines of all layers are asked for: any of them may come into view.
  private var hasOutlined = false

  /// Pieces may bring to light that others are needed, a few times over.
  private static let mostRounds = 6

  /// - Parameter known: Pieces that the state does not have yet; those of another revision are
  ///   left alone.
  package init(_ state: ExplorerState, known: Workings? = nil) {
    var state = state
    if state.isOutdated {
      state.workings = Workings(
        revision: state.workings.revision, kernels: state.workings.kernels,
        arrangements: state.workings.arrangements)
      state.isOutdated = false
      state.scores = [:]
    }
    if let known, known.revision == state.workings.revision { state.workings.merge(known) }
    start = state
    self.state = state
  }

  /// Everything worked out so far.
  package var workings: Workings { state.workings }

  /// Works out the next piece; false when the screen lacks none.
  package mutating func step() -> Bool {
    if pieces.isEmpty {
      guard rounds < Self.mostRounds else { return false }
      rounds += 1
      pieces = state.layOut().pieces.reversed()
    }
    guard let piece = pieces.popLast() else {
      rounds = Self.mostRounds
      return false
    }
    state.work(out: piece)
    return true
  }

  /// Goes on to a screen that a key may lead to; false when there is none left, so much was
  /// worked out that it is better kept for what is asked for, or an edit is on its way that needs
  /// the processor and changes these screens.
  package mutating func lookAhead() -> Bool {
    guard !start.isEditing, !ahead.isEmpty,
      state.workings.packings.count < Workings.mostPackings / 2
    else {
      return false
    }
    guard hasOutlined else {
      hasOutlined = true
      pieces = state.atlas.network.layers.indices.reversed().map(WorkPiece.outline)
      rounds = Self.mostRounds
      return true
    }
    let known = state.workings
    state = start
    state.workings = known
    state.prompt = nil
    state.helpLine = nil
    state.run(ahead.removeFirst())
    (pieces, rounds) = ([], 0)
    return true
  }
}

/// One thing to be worked out.
enum WorkPiece: Hashable, Sendable {
  case outline(layer: Int)
  case digest(layer: Int)
  case heat(HeatKey)
  case gutter(GutterKey)
  case bundles(BundleKey)
  case page(PageRequest)
  case findings
}

extension Survey {
  /// What the screen lacks, what most of the rest needs first.
  var pieces: [WorkPiece] {
    layers.map(WorkPiece.digest) + heats.map(WorkPiece.heat) + gutters.map(WorkPiece.gutter)
      + pages.map(WorkPiece.page) + bundles.map(WorkPiece.bundles)
      + (needsFindings ? [.findings] : [])
  }
}

/// Everything that the screen of `state` lacks, worked out at once.
package func workedOut(_ state: ExplorerState, number: Int) -> ExplorerAction {
  var work = ScreenWork(state)
  while work.step() {}
  return .workedOut(work.workings, number: number, isComplete: true)
}

extension ExplorerState {
  /// Works everything out that the screen lacks, while one waits.
  package mutating func complete() {
    var work = ScreenWork(self)
    while work.step() {}
    take(work.workings, isComplete: true)
    _ = layOut()
  }

  /// Takes in what was worked out beside the loop; what no longer holds is dropped.
  mutating func take(_ found: Workings, isComplete: Bool) {
    guard found.revision == workings.revision else { return }
    if !isOutdated {
      workings.merge(found)
    } else if isComplete {
      let links = workings.outgoing
      workings = found
      workings.outgoing = links
      workings.pairDigest = nil
      scores = [:]
      isOutdated = false
    }
  }

  mutating func work(out piece: WorkPiece) {
    switch piece {
    case .outline(let layer): _ = readyDigest(layer)
    case .digest(let layer): ensureFilled(layer)
    case .heat(let key): ensureHeat(key)
    case .gutter(let key): ensureGutter(key)
    case .bundles(let key): ensureBundles(key)
    case .page(let request): ensurePage(request)
    case .findings: ensureFindings()
    }
  }

  /// The digest of a layer there is, its outline worked out on the spot if need be.
  mutating func readyDigest(_ layer: Int) -> LayerDigest? {
    if workings.digests[layer] == nil, atlas.network.layers.indices.contains(layer) {
      workings.digests[layer] = LayerDigest(
        outline: layer, in: atlas, sortedBy: classSort)
    }
    return workings.digests[layer]
  }

  /// Fills the digest of a layer unless that was done.
  @discardableResult
  mutating func ensureFilled(_ layer: Int) -> LayerDigest? {
    guard var digest = readyDigest(layer) else { return nil }
    guard !digest.isFilled else { return digest }
    digest.fill(
      atlas.layers.indices.contains(layer) ? atlas.layers[layer] : nil,
      figures: workings.figures[layer], kernels: workings.kernels[layer])
    workings.digests[layer] = digest
    workings.figures[layer] = digest.figures
    workings.kernels[layer] = digest.kernels
    return digest
  }

  mutating func ensureGutter(_ key: GutterKey) {
    guard workings.gutters[key] == nil, let source = ensureFilled(key.source),
      let target = ensureFilled(key.target)
    else { return }
    workings.gutters[key] = gutterEdges(source, target, in: atlas, weighing: weighing(key))
  }

  private mutating func ensureBundles(_ key: BundleKey) {
    ensureGutter(key.gutter)
    guard workings.bundles[key] == nil, let edges = workings.gutters[key.gutter],
      let source = workings.digests[key.gutter.source],
      let target = workings.digests[key.gutter.target]
    else { return }
    workings.bundles[key] = GutterBundles(
      edges, percent: key.percent, sourceCount: source.clusters.count,
      targetCount: target.clusters.count)
  }

  mutating func ensureFindings() {
    if workings.findings == nil { workings.findings = Diagnosis().findings(in: atlas) }
  }
}
