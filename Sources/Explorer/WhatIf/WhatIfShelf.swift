import Atlases
import Networks

/// Neurons to be switched off together, and what the user calls them.
package struct WhatIfRequest: Hashable, Sendable {
  package var name: String
  package var neurons: [LayerNeurons]
  package var replacement: Replacement

  package init(name: String, neurons: [LayerNeurons], replacement: Replacement) {
    self.name = name
    self.neurons = neurons
    self.replacement = replacement
  }
}

/// What-ifs that were tried, kept side by side.
struct WhatIfShelf: Sendable {
  struct Entry: Sendable {
    var name: String
    var result: WhatIf
  }

  /// Oldest first.
  private(set) var entries: [Entry] = []
  /// The one looked at.
  var place = 0
  /// Row of the table: 0 for all images, then the classes.
  var row = 0
  /// Being tried, in order.
  var pending: [WhatIfRequest] = []

  /// Most that are kept; the oldest goes.
  static let limit = 12

  var selected: Entry? { entries.indices.contains(place) ? entries[place] : nil }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst() }
    place = entries.count - 1
  }

  mutating func forgetSelected() {
    guard entries.indices.contains(place) else { return }
    entries.remove(at: place)
    place = max(0, min(place, entries.count - 1))
  }
}

extension ExplorerState {
  /// Switches off what the addresses name; without any the marked neurons of all layers, else
  /// what is selected.
  mutating func ablate(_ words: [String]) {
    guard measuring.isPossible else {
      message =
        progress.map { !$0.isFinished && $0.failure == nil } ?? false
        ? "neurons can be switched off once all images ran"
        : "to switch neurons off, name model and images: --model FILE --data PATH"
      return
    }
    let replacement = words.contains("mean") ? Replacement.mean : .zero
    let addresses = words.filter { $0 != "mean" && $0 != "zero" }
    do throws(ViewRequestError) {
      let chosen = try addresses.isEmpty ? selectedAddresses() : addresses
      request(
        WhatIfRequest(
          name: chosen.joined(separator: " "), neurons: try neurons(at: chosen, in: atlas),
          replacement: replacement))
    } catch {
      message = "\(error)"
    }
  }

  private mutating func request(_ wanted: WhatIfRequest) {
    shelf.pending.append(wanted)
    outbox.append(.ablate(wanted))
    if view != .whatIf { push(.whatIf) }
  }

  /// What is marked, else the neuron on the neuron screen, else the cluster.
  private func selectedAddresses() throws(ViewRequestError) -> [String] {
    let marked = marks.keys.sorted().compactMap { layer -> String? in
      let neurons = (marks[layer] ?? []).sorted().map { "\($0)" }
      return neurons.isEmpty ? nil : "\(layerName(layer)):\(neurons.joined(separator: ","))"
    }
    guard marked.isEmpty else { return marked }
    let name = layerName(selection.layer)
    if view == .neuron { return ["\(name):\(selection.neuron)"] }
    guard let cluster, cluster.label != nil else {
      throw .noCluster(name, known: digest?.clusters.map(\.letter) ?? [])
    }
    return ["\(name):\(cluster.letter)"]
  }

  /// Takes in what came of a request.
  mutating func take(_ result: WhatIf, for request: WhatIfRequest) {
    shelf.pending.removeAll { $0 == request }
    shelf.add(WhatIfShelf.Entry(name: request.name, result: result))
  }

  mutating func fail(_ request: WhatIfRequest, reason: String) {
    shelf.pending.removeAll { $0 == request }
    message = reason
  }

  /// Has the selected what-if's neurons written to a file.
  mutating func exportMask(to path: String) {
    guard let entry = shelf.selected else {
      message = "nothing was switched off yet; X or :ablate does"
      return
    }
    outbox.append(.exportMask(entry.result.neurons, path: path))
  }

  /// Images of the selected what-if and row whose answer changed: lost, gained, then the rest.
  func flippedImages() -> [Flip] {
    guard let result = shelf.selected?.result else { return [] }
    let flips = result.flips.filter { shelf.row == 0 || $0.label == shelf.row - 1 }
    return FlipKind.allCases.flatMap { kind in flips.filter { $0.kind == kind } }
  }

  /// Between what-ifs, and between the rows of their table.
  mutating func moveInWhatIfs(_ move: Move) {
    if move.sideways != 0 {
      shelf.place = max(0, min(shelf.place + move.sideways, shelf.entries.count - 1))
      return
    }
    shelf.row = move.moved(shelf.row, count: classCount + 1, page: page)
    if shelf.row > 0 { selection.classIndex = shelf.row - 1 }
  }
}
