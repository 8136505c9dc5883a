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
public func structureAtlas(of model: ModelFile) -> Atlas {
  Atlas(
    provenance: Provenance(
      modelHash: "", datasetHash: "", preprocessing: nil, outputNames: [],
      outputNamesEvidence: .assumed, seed: 0, analyzedImageCount: 0, plannedImageCount: 0,
      unreadableImages: [], unreadableImageCount: 0, engine: "",
      convscopeVersion: ConvscopeVersion.current, shard: ShardNumber(index: 1, count: 1)),
    network: model.network,
    layers: model.network.layers.map { LayerAtlas(layer: $0.id) }, dataset: nil,
    classification: nil)
}

/// Structure and weights of the model at `path`; runs nothing.
public func structureAtlas(modelPath path: String) throws(SessionError) -> Atlas {
  try StructureReading(modelPath: path).whole()
}

/// A model that is looked at without images: its structure at once, its weights when asked for.
public struct StructureReading: Sendable {
  /// The structure alone.
  public let outline: Atlas
  private let model: ModelFile

  /// - Complexity: O(layers + edges); touches no weights.
  public init(modelPath path: String) throws(SessionError) {
    model = try openModel(path)
    var atlas = structureAtlas(of: model)
    if case .unavailable(let reason) = model.analysisInput {
      atlas.network.notes.append("\(reason) Its structure is shown without activations.")
    }
    outline = atlas
  }

  /// With weights, as ``withWeights(_:of:)`` finds them; slow where those are many.
  public func whole() -> Atlas { withWeights(outline, of: model) }
}

func openModel(_ path: String) throws(SessionError) -> ModelFile {
  do throws(ModelFileError) {
    return try ModelFile(path: path)
  } catch {
    throw .model(path: path, error)
  }
}
