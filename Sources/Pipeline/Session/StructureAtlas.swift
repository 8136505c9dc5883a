import Atlases
import ModelFiles
import Networks

/// The version that provenance and `--version` state.
public enum ConvscopeVersion {
  public static let current = "0.1.0"
}

/// An atlas of the network's structure alone: no weights, no images.
///
/// - Complexity: O(layers + edges); touches no weights.
public func structureAtlas(of model: ModelFile) -> Atlas { structureAtlas(of: model.network) }

func structureAtlas(of network: Network) -> Atlas {
  Atlas(
    provenance: Provenance(
      modelHash: "", datasetHash: "", preprocessing: nil, outputNames: [],
      outputNamesEvidence: .assumed, seed: 0, analyzedImageCount: 0, plannedImageCount: 0,
      unreadableImages: [], unreadableImageCount: 0, engine: "",
      convscopeVersion: ConvscopeVersion.current, shard: ShardNumber(index: 1, count: 1)),
    network: network, layers: network.layers.map { LayerAtlas(layer: $0.id) }, dataset: nil,
    classification: nil)
}

/// Structure and weights of the model or checkpoint at `path`; runs nothing.
public func structureAtlas(modelPath path: String) throws(SessionError) -> Atlas {
  try StructureReading(modelPath: path).whole()
}

/// A model, or the weights of a checkpoint, looked at without images: the structure at once, the
/// weights when asked for.
public struct StructureReading: Sendable {
  private enum Source {
    case model(ModelFile)
    case checkpoint(Checkpoint)
  }

  /// The structure alone; of a checkpoint the layers that names and shapes prove.
  public let outline: Atlas
  private let source: Source

  /// - Complexity: O(layers + edges); touches no weights.
  public init(modelPath path: String) throws(SessionError) {
    guard !Checkpoint.looksLikeCheckpoint(path: path) else {
      let checkpoint = try openCheckpoint(path)
      source = .checkpoint(checkpoint)
      outline = structureAtlas(of: checkpoint)
      return
    }
    let model = try openModel(path)
    source = .model(model)
    var atlas = structureAtlas(of: model)
    if case .unavailable(let reason) = model.analysisInput {
      atlas.network.notes.append("\(reason) Its structure is shown without activations.")
    }
    outline = atlas
  }

  /// Whether a graph is known; a checkpoint holds none.
  public var hasGraph: Bool {
    if case .model = source { true } else { false }
  }

  /// With weights, as ``withWeights(_:of:)`` finds them; slow where those are many.
  public func whole() -> Atlas {
    switch source {
    case .model(let model): withWeights(outline, of: model)
    case .checkpoint(let checkpoint): withWeights(outline, of: checkpoint)
    }
  }
}

private func openCheckpoint(_ path: String) throws(SessionError) -> Checkpoint {
  do throws(CheckpointError) {
    return try Checkpoint(path: path)
  } catch {
    throw .checkpoint(path: path, error)
  }
}

func openModel(_ path: String) throws(SessionError) -> ModelFile {
  do throws(ModelFileError) {
    return try ModelFile(path: path)
  } catch {
    throw .model(path: path, error)
  }
}
