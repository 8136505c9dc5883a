import Atlases
import ModelFiles
import Networks

/// One checkpoint of a run, opened: an ONNX file, weights bound to a graph, or weights alone.
struct RunMember: Sendable {
  enum Contents: Sendable {
    case model(ModelFile)
    case bound(GraphBinding)
    case weights(Checkpoint)
  }

  let file: RunFile
  let contents: Contents
  let layers: [RunLayer]
  private let places: [String: Int]

  /// - Parameter graph: What checkpoints without a graph are bound to; nil leaves them alone.
  /// - Throws: ``ModelFileError``, ``CheckpointError`` or ``BindingError``.
  init(_ file: RunFile, graph: ModelFile?) throws {
    self.file = file
    if Checkpoint.looksLikeCheckpoint(path: file.path) {
      let checkpoint = try Checkpoint(path: file.path)
      if let graph {
        contents = .bound(try GraphBinding(graph: graph, checkpoint: checkpoint))
      } else {
        contents = .weights(checkpoint)
      }
    } else {
      contents = .model(try ModelFile(path: file.path))
    }
    layers = contents.layers
    places = Dictionary(
      zip(layers.map(\.name), layers.indices), uniquingKeysWith: { first, _ in first })
    releasePages()
  }

  /// Whether it has any of these layers, so that it may be fed as their network is.
  func shares(_ others: [RunLayer]) -> Bool {
    let known = Set(others)
    return layers.contains { known.contains($0) }
  }

  /// Gives back the memory that reading its weights took, so that a run of many checkpoints takes
  /// that of a few.
  func releasePages() {
    switch contents {
    case .model(let model): model.releasePages()
    case .bound(let binding): binding.checkpoint.releasePages()
    case .weights(let checkpoint): checkpoint.releasePages()
    }
  }

  /// The number of the epoch, from the file's name or from what the checkpoint says.
  var step: Int? {
    if let step = file.step { return step }
    let facts: [MetadataEntry] =
      switch contents {
      case .model: []
      case .bound(let binding): binding.checkpoint.facts
      case .weights(let checkpoint): checkpoint.facts
      }
    return ["epoch", "global_step", "step"].lazy.compactMap { key in
      facts.first { $0.key == key }.flatMap { Int($0.value) }
    }.first
  }

  var notes: [String] {
    switch contents {
    case .model: []
    case .bound(let binding): binding.notes
    case .weights(let checkpoint): checkpoint.notes
    }
  }

  /// Whether its bytes were written over since it was opened, so that what is mapped of it no longer
  /// holds. A file that was replaced or deleted stays as it was for those who have it open.
  var isOverwritten: Bool {
    guard let current = file.current, current.fileNumber == file.fileNumber else { return false }
    return !current.isUnchanged(since: file)
  }

  /// The weights of a layer, neuron by neuron.
  ///
  /// - Returns: Nil when the checkpoint has no such layer of that size, or is being written over.
  func weights(of layer: RunLayer) throws -> [Float]? {
    guard !isOverwritten, let place = places[layer.name],
      layers[place].weightCount == layer.weightCount
    else { return nil }
    defer { releasePages() }
    switch contents {
    case .model(let model): return try model.storedWeights(of: LayerID(place))
    case .bound(let binding):
      return try binding.weight(of: LayerID(place)).map { try binding.checkpoint.floats(of: $0) }
    case .weights(let checkpoint):
      return try checkpoint.tensor(layer.name.isEmpty ? "weight" : "\(layer.name).weight").map {
        try checkpoint.floats(of: $0)
      }
    }
  }
}

extension RunMember.Contents {
  /// Rows of the run; of weights alone those that names and shapes prove.
  fileprivate var layers: [RunLayer] {
    switch self {
    case .model(let model): model.runLayers
    case .bound(let binding): binding.graph.runLayers
    case .weights(let checkpoint):
      checkpoint.layers.compactMap { layer in
        guard let weight = layer["weight"], layer.kind == .convolution || layer.kind == .dense
        else { return nil }
        return RunLayer(
          name: layer.name, kind: layer.kind == .dense ? .dense : .convolution,
          neuronCount: weight.shape[0], weightCount: weight.count)
      }
    }
  }
}

extension ModelFile {
  /// Rows of a run of it.
  var runLayers: [RunLayer] {
    network.layers.map { layer in
      RunLayer(
        name: layer.name, kind: layer.kind, neuronCount: layer.neuronCount,
        weightCount: weightCount(of: layer.id))
    }
  }
}
