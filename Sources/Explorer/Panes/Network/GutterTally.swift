import Canvas
import Networks
import Tensors

/// What the gutters on screen show, for the statement under them.
struct GutterTally {
  var drawn = 0.0
  private(set) var total = 0.0
  /// Each once, in the order in which they are told.
  private var measures: [GutterEdges.Measure] = []

  mutating func add(_ bundles: GutterBundles) {
    guard bundles.total > 0 else { return }
    total += bundles.total
    guard !measures.contains(bundles.measure) else { return }
    measures.append(bundles.measure)
    measures.sort {
      ($0.rank, $0.imageCount, $0.basisRank) < ($1.rank, $1.imageCount, $1.basisRank)
    }
  }

  /// What the edges are and how much of them is drawn.
  func text(percent: Int, width: Int) -> [(String, StyleRole)] {
    guard total > 0 else { return [] }
    let share = NumberText.percent(drawn / total, 0)
    let signs =
      measures == [.alike]
      ? (plus: "alike", minus: "opposed") : (plus: "excites", minus: "inhibits")
    let most = percent < 100 ? "strongest \(percent) %" : "all"
    let full: [(String, StyleRole)] = [
      ("edges: \(titles) · ", .dim), (share, .value), (" of \(names(" on ")) drawn, ", .dim),
      (most, .value), (" wanted ", .dim), ("[ ]", .key), ("  ━ \(signs.plus) ", .excitatory),
      ("┅ \(signs.minus)", .inhibitory),
    ]
    let middle: [(String, StyleRole)] = [
      ("edges: ", .dim), (share, .value), (" of \(names(" on ")) drawn ", .dim), ("[ ]", .key),
      ("  ━ \(signs.plus) ", .excitatory), ("┅ \(signs.minus)", .inhibitory),
    ]
    let short: [(String, StyleRole)] = [
      ("edges ", .dim), (share, .value), (" of \(names(", ")) ", .dim), ("[ ]", .key),
    ]
    let shortest: [(String, StyleRole)] = [(share, .value), (" of \(names(", "))", .dim)]
    for pieces in [full, middle, short, shortest]
    where pieces.reduce(0, { $0 + cellWidth(of: $1.0) }) <= width { return pieces }
    return [("edges by more than one measure", .dim)]
  }

  /// What the weights are called; profiles that are alike only where nothing else is drawn.
  ///
  /// - Parameter joint: Between influence and its images.
  private func names(_ joint: String) -> String {
    let told = measures.filter { $0 != .alike || measures.count == 1 }
    return distinct(told.map { $0.isInfluence ? "influence\(joint)\(images) images" : $0.name })
      .joined(separator: " + ")
  }

  /// What they are, in full.
  private var titles: String {
    let influence = "peaks of channels through the next kernel"
    let isPart = measures.contains { $0.basisRank > 0 }
    let whole = isPart ? influence + ", own parts of sums" : influence
    return distinct(measures.map { $0.isInfluence ? whole : $0.title }).joined(separator: "; ")
  }

  /// `200`, or `180–200` where gutters rest on different images.
  private var images: String {
    let counts = measures.filter(\.isInfluence).map(\.imageCount)
    guard let least = counts.min(), let most = counts.max() else { return "" }
    return least == most
      ? NumberText.grouped(least) : "\(NumberText.grouped(least))–\(NumberText.grouped(most))"
  }

  private func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension GutterEdges.Measure {
  var isInfluence: Bool { imageCount > 0 }

  /// Images that influence rests on; 0 for anything else.
  var imageCount: Int {
    if case .influence(let images, _) = self { images } else { 0 }
  }

  /// What the figure is called.
  var name: String {
    switch self {
    case .weights: "|weight|"
    case .influence(let images, _): "influence, \(NumberText.counted(images, "image"))"
    case .activity: "|weight × activation|"
    case .alike: "|correlation|"
    }
  }

  /// The same in a table.
  var described: String {
    switch self {
    case .weights: "summed |weight|"
    case .influence(let images, .input):
      "summed influence, mean of \(NumberText.counted(images, "image"))"
    case .influence(let images, .ownPart):
      "summed influence of the source's own part, mean of \(NumberText.counted(images, "image"))"
    case .activity: "summed |weight × mean activation|"
    case .alike: "|correlation| of class profiles"
    }
  }

  fileprivate var title: String {
    switch self {
    case .weights: "kernel sums, batch norm folded, traced through structure"
    case .influence: name
    case .activity: "kernel sums × the source's mean activation, as influence is not known here"
    case .alike: "≈ correlation of class profiles, layers lie between"
    }
  }

  fileprivate var rank: Int {
    switch self {
    case .weights: 0
    case .influence: 1
    case .activity: 2
    case .alike: 3
    }
  }

  fileprivate var basisRank: Int {
    if case .influence(_, .ownPart) = self { 1 } else { 0 }
  }
}
