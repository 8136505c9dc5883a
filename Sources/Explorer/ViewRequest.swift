import Atlases
import Networks
import Tensors

/// A screen asked for by words, as in `convscope show A.atlas neuron conv1:3`.
package enum ViewRequest: Hashable, Sendable {
  case network
  case layer(String)
  case cluster(layer: String, letter: String)
  case neuron(layer: String, index: Int)
  case image(Int)
  case classes
  case findings

  /// From `network`, `layer NAME`, `cluster NAME:LETTER`, `neuron NAME:INDEX`, `image INDEX`,
  /// `classes` or `confusion`, `findings`; the part after a colon may also be a word of its own.
  package init(_ words: [String]) throws(ViewRequestError) {
    let view = words.first?.lowercased() ?? "network"
    let rest = words.dropFirst().joined(separator: ":")
    switch view {
    case "network": self = .network
    case "classes", "confusion": self = .classes
    case "findings": self = .findings
    case "layer" where !rest.isEmpty: self = .layer(rest)
    case "image":
      guard let index = Int(rest) else { throw .missing(view) }
      self = .image(index)
    case "cluster", "neuron":
      guard let colon = rest.lastIndex(of: ":"), colon > rest.startIndex else {
        throw .missing(view)
      }
      let name = String(rest[..<colon])
      let part = String(rest[rest.index(after: colon)...])
      if view == "cluster" {
        self = .cluster(layer: name, letter: part)
      } else if let index = Int(part) {
        self = .neuron(layer: name, index: index)
      } else {
        throw .missing(view)
      }
    case "layer": throw .missing(view)
    default: throw .unknownView(words.first ?? "")
    }
  }
}

/// Why a screen cannot be shown.
package enum ViewRequestError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownView(String)
  /// The view's name came without what it is to show.
  case missing(String)
  case noLayer(String, known: [String])
  case noCluster(String, known: [String])
  case noNeuron(String, count: Int)
  case noImage(Int, count: Int)

  package var description: String {
    switch self {
    case .unknownView(let name):
      "there is no view called \(name): ask for network, layer NAME, cluster NAME:LETTER, "
        + "neuron NAME:INDEX, image INDEX, classes or findings"
    case .missing("layer"): "name the layer: layer NAME"
    case .missing("cluster"): "name layer and letter of the cluster: cluster NAME:LETTER"
    case .missing("neuron"): "name layer and number of the neuron: neuron NAME:INDEX"
    case .missing(let view): "give the number: \(view) INDEX"
    case .noLayer(let name, let known):
      "no layer is called \(name): there are \(list(known))"
    case .noCluster(let address, let known):
      "there is no cluster \(address): the layer has \(list(known))"
    case .noNeuron(let address, let count):
      "there is no neuron \(address): the layer has 0 to \(count - 1)"
    case .noImage(let index, let count):
      count > 0
        ? "there is no image \(index): the data set has 0 to \(NumberText.grouped(count - 1))"
        : "there is no image \(index): the atlas holds no data set"
    }
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}

extension ExplorerState {
  /// The explorer with a screen already open.
  package init(
    atlas: Atlas, context: RenderContext, showing request: ViewRequest
  ) throws(ViewRequestError) {
    self.init(atlas: atlas, context: context)
    switch request {
    case .network: break
    case .classes: push(.classes)
    case .findings: push(.findings)
    case .layer(let name):
      select(layer: try atlas.network.layer(called: name))
      push(.layer)
    case .cluster(let name, let letter):
      select(layer: try atlas.network.layer(called: name))
      try select(letter: letter)
      push(.cluster)
    case .neuron(let name, let index):
      let layer = try atlas.network.layer(called: name)
      let count = atlas.network.layers[layer].neuronCount
      guard (0..<count).contains(index) else {
        throw .noNeuron("\(name):\(index)", count: count)
      }
      select(layer: layer)
      select(neuron: index)
      push(.neuron)
    case .image(let index):
      let count = atlas.dataset?.count ?? 0
      guard (0..<count).contains(index) else { throw .noImage(index, count: count) }
      open(image: index)
    }
  }

  private mutating func select(letter: String) throws(ViewRequestError) {
    let clusters = readyDigest(selection.layer)?.clusters ?? []
    let place = clusters.firstIndex { $0.letter.lowercased() == letter.lowercased() }
    guard let place else {
      throw .noCluster(
        "\(layerName(selection.layer)):\(letter)", known: clusters.map(\.letter))
    }
    select(cluster: place)
  }
}
