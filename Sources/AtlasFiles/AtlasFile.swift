import Atlases
import Networks
import Storage

/// An atlas on disk: a safetensors file, mapped into memory.
///
/// Layout (version 1): `__metadata__` holds `format`, `version` and JSON for `provenance`,
/// `network`, `layers`, `dataset` and `classification`; tensors lie below `layers/<index>`,
/// `classification` and `images`. `Docs/ATLAS.md` lists them.
public struct AtlasFile: Sendable {
  private let tensors: CheckedTensors
  /// What the file holds, checked.
  public let atlas: Atlas
  /// Encoded pictures by data set index.
  private let pictures: [Int: Range<Int>]

  /// Where the file lies.
  public var path: String { tensors.path }

  /// True when the file at `path` starts like a safetensors file; cheap, reads a few bytes.
  public static func looksLikeAtlas(path: String) -> Bool {
    guard let file = try? MappedFile(path: path), file.count > 9 else { return false }
    return file.withBytes { bytes in
      let length = unsafe bytes.unsafeLoadUnaligned(as: UInt64.self).littleEndian
      let first = unsafe bytes.unsafeLoad(fromByteOffset: 8, as: UInt8.self)
      return length <= UInt64(SafetensorsFile.largestHeader) && first == UInt8(ascii: "{")
    }
  }

  /// True when the file at `path` says that it is an atlas, of whatever version; reads its header only.
  public static func isAtlas(path: String) -> Bool {
    (try? SafetensorsFile(path: path))?.metadata["format"] == AtlasMetadata.format
  }

  /// - Throws: ``AtlasError`` when the file is missing, foreign, old or damaged.
  public init(path: String) throws(AtlasError) {
    do throws(StorageError) {
      tensors = CheckedTensors(file: try SafetensorsFile(path: path))
    } catch {
      throw .storage(error)
    }
    let facts = try AtlasMetadata(tensors.file)
    atlas = try Self.atlas(facts, tensors)
    pictures = try ImageTensors.ranges(tensors, images: facts.dataset?.count ?? 0)
  }

  /// Data set images whose picture is kept, ascending.
  public var keptImages: [Int] { pictures.keys.sorted() }

  /// A kept picture as PNG or JPEG bytes, in the geometry of the network's input.
  public func encodedImage(_ image: Int) -> [UInt8]? {
    pictures[image].map { tensors.file.elements(at: $0) }
  }

  /// The exact sums and progress, to merge or resume.
  public func resumeState() throws(AtlasError) -> ResumeState? {
    try ResumeTensors.read(tensors, atlas)
  }

  private static func atlas(
    _ facts: AtlasMetadata, _ tensors: CheckedTensors
  ) throws(AtlasError) -> Atlas {
    let network = facts.network
    guard facts.layers.count == network.layers.count,
      network.layers.enumerated().allSatisfy({ $0.offset == $0.element.id.index }),
      network.layers.allSatisfy({ $0.neuronCount > 0 }), network.hasValidReferences
    else { throw tensors.inconsistent("its layers contradict each other") }
    var layers: [LayerAtlas] = []
    for (layer, layerFacts) in zip(network.layers, facts.layers) {
      layers.append(
        try LayerTensors.read(tensors, layerFacts, layer, dataset: facts.dataset))
    }
    let dataset = facts.dataset
    guard dataset.map(hasValidLabels) ?? true else {
      throw tensors.inconsistent("its labels name classes that are not there")
    }
    var classification: ClassificationResult?
    if let classificationFacts = facts.classification {
      classification = try ClassificationTensors.read(
        tensors, classificationFacts, images: dataset?.count ?? 0,
        classes: dataset?.classes.count ?? 0)
    }
    return Atlas(
      provenance: facts.provenance, network: network, layers: layers, dataset: dataset,
      classification: classification)
  }

  private static func hasValidLabels(_ dataset: DatasetIndex) -> Bool {
    dataset.imageNames.count == dataset.labels.count
      && dataset.labels.allSatisfy { label in
        label.map { dataset.classes.indices.contains($0) } ?? true
      }
  }
}

extension Network {
  /// Whether edges, stages and blocks name only layers and ports that exist.
  var hasValidReferences: Bool {
    let isValid = { (endpoint: LayerEndpoint) in
      switch endpoint {
      case .input(let index): inputs.indices.contains(index)
      case .layer(let id): layers.indices.contains(id.index)
      case .output(let index): outputs.indices.contains(index)
      }
    }
    return edges.allSatisfy { isValid($0.source) && isValid($0.target) }
      && stages.flatMap(\.layers).allSatisfy { layers.indices.contains($0.index) }
  }
}
