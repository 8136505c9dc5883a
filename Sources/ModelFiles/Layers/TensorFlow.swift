import Networks

/// What arrives in a tensor: which layers and inputs it is made from, and where their channels are.
struct TensorFlow: Sendable {
  /// Axes that count the channels, most significant first: one, or two between the halves of a
  /// channel shuffle; none where channels can no longer be told apart.
  var channelAxes: [Int] = []
  /// Height and width; none once positions are gone or mixed.
  var spatialAxes: [Int] = []
  /// Of one position of this tensor; nil where it is the whole image or unknown.
  var field: ReceptiveField?
  /// In order of endpoint, each at most once.
  var sources: [FlowSource] = []

  /// The same sources with channels that cannot be told apart.
  var blurred: TensorFlow {
    TensorFlow(sources: sources.map { $0.routed(nil) })
  }
}

/// One layer or input that a tensor is made from.
struct FlowSource: Sendable {
  var endpoint: LayerEndpoint
  /// Nil when the channels could not be followed.
  var routes: [ChannelRoute]?
  /// Place in ``Trails`` of the operators passed so far.
  var trail: Int

  func routed(_ routes: [ChannelRoute]?) -> FlowSource {
    FlowSource(endpoint: endpoint, routes: routes, trail: trail)
  }
}

/// Operators passed on the way, as linked lists that share their beginnings.
struct Trails: Sendable {
  private var steps: [(name: String, parent: Int, length: Int)] = [("", 0, 0)]
  private var known: [Key: Int] = [:]

  private struct Key: Hashable {
    var name: String
    var parent: Int
  }

  /// The trail `parent` and then `name`.
  mutating func extend(_ parent: Int, _ name: String) -> Int {
    let key = Key(name: name, parent: parent)
    if let found = known[key] { return found }
    steps.append((name, parent, steps[parent].length + 1))
    known[key] = steps.count - 1
    return steps.count - 1
  }

  func length(_ trail: Int) -> Int { steps[trail].length }

  /// Longest trail that is told in full.
  private static let longest = 400

  /// Operator names from the source on; the first ones of a very long trail are left out.
  func names(_ trail: Int) -> [String] {
    var result: [String] = []
    var place = trail
    while place != 0, result.count < Self.longest {
      result.append(steps[place].name)
      place = steps[place].parent
    }
    return result.reversed()
  }
}

extension LayerEndpoint {
  /// Inputs first, then layers, then outputs.
  var order: Int {
    switch self {
    case .input(let index): index - (1 << 30)
    case .layer(let id): id.index
    case .output(let index): index + (1 << 30)
    }
  }
}

extension ReceptiveField {
  /// The smallest field that holds both; nil when their positions do not line up.
  func union(_ other: ReceptiveField) -> ReceptiveField? {
    guard jump == other.jump else { return nil }
    let first = zip(start, other.start).map(min)
    let last = zip(zip(start, size).map(+), zip(other.start, other.size).map(+)).map(max)
    return ReceptiveField(size: zip(last, first).map(-), jump: jump, start: first)
  }

  /// The field after a kernel or pool; nil where its padding is unknown or sizes leave reason.
  func after(_ window: WindowGeometry) -> ReceptiveField? {
    guard window.size.count == 2 else { return nil }
    var result = self
    for axis in 0..<2 {
      guard let padding = window.padsBefore[axis] else { return nil }
      result.size[axis] += (window.size[axis] - 1) * window.dilations[axis] * jump[axis]
      result.start[axis] -= padding * jump[axis]
      result.jump[axis] *= window.strides[axis]
      guard result.size[axis] < 1 << 20, result.jump[axis] < 1 << 20,
        result.start[axis].magnitude < 1 << 20
      else { return nil }
    }
    return result
  }
}
