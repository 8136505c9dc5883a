import Networks
import Storage

/// The weights that training left behind, opened for reading. Nothing in the file is executed, and
/// its numbers stay where they are.
public final class Checkpoint: Sendable {
  /// As it was given.
  public let path: String
  public let format: CheckpointFormat
  /// Of the file, and of the files an index names.
  public let byteCount: Int
  /// In the order of the file.
  public let tensors: [CheckpointTensor]
  /// What stands beside the weights, such as the epoch.
  public let facts: [MetadataEntry]
  /// Modules of a model that was pickled whole, outermost first; else empty.
  public let modules: [ModuleFacts]
  /// What was found or left out, one sentence each.
  public let notes: [String]

  let sources: [TensorSource]
  private let places: [String: Int]

  /// Opens the checkpoint at `path`.
  ///
  /// - Complexity: O(*tensors* + *bytes of the pickle or header*); weights are not touched.
  public init(path: String) throws(CheckpointError) {
    let file = try Self.open(path)
    let contents = try Self.read(file)
    guard !contents.tensors.isEmpty else { throw .noTensors }
    self.path = path
    format = contents.format
    byteCount =
      contents.format == .safetensorsIndex
      ? contents.sources.reduce(file.count) { $0 + $1.count } : file.count
    facts = contents.facts
    modules = contents.modules
    sources = contents.sources
    let (names, wrappers) = TensorNames.unwrapped(contents.tensors.map(\.name))
    tensors = zip(contents.tensors, names).map { tensor, name in
      var tensor = tensor
      tensor.name = name
      return tensor
    }
    places = Dictionary(
      zip(tensors.map(\.name), tensors.indices), uniquingKeysWith: { first, _ in first })
    var notes = contents.notes
    if !wrappers.isEmpty {
      notes.append("“\(wrappers.joined())” was taken from the front of all names")
    }
    if let twin = Self.firstTwin(tensors) {
      notes.append("the name “\(twin)” occurs twice; the first was taken")
    }
    self.notes = notes
  }

  /// The tensor of that name; the first of twins.
  public func tensor(_ name: String) -> CheckpointTensor? { places[name].map { tensors[$0] } }

  /// Gives back the memory that reading weights took; they are read anew when asked for.
  public func releasePages() {
    var last: MappedFile?
    for source in sources {
      let file =
        switch source {
        case .mapped(let file, _): file
        case .packed(let archive, _): archive.file
        }
      // Tensors of one file follow one another.
      if file !== last { file.releasePages() }
      last = file
    }
  }

  /// Elements of all tensors, shared storages counted as often as they are used.
  public var parameterCount: Int { tensors.reduce(0) { $0 &+ $1.count } }

  /// Whether the file at `path` begins like a checkpoint of a kind read here.
  public static func looksLikeCheckpoint(path: String) -> Bool {
    guard let file = try? MappedFile(path: path) else { return false }
    return CheckpointFormat.recognise(file) != nil
  }

  private static func open(_ path: String) throws(CheckpointError) -> MappedFile {
    do throws(ModelFileError) {
      let file = try ModelFile.open(path)
      guard file.count > 0 else { throw .empty(path: path) }
      return file
    } catch {
      throw .file(error)
    }
  }

  private static func read(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    switch CheckpointFormat.recognise(file) {
    case .torch, .torchScript, .npz:
      let archive = try ZipArchive(file)
      if let entry = TorchFile.pickleEntry(archive) { return try TorchFile.read(archive, entry) }
      guard archive.entries.contains(where: { $0.name.hasSuffix(".npy") }) else {
        throw .unsupported(
          detail: "it is a zip file without data.pkl or arrays",
          advice: "name a file written by torch.save or numpy.savez")
      }
      return try NumpyCheckpoint.readArchive(archive)
    case .torchLegacy: return try TorchFile.readLegacy(file)
    case .safetensors: return try SafetensorsCheckpoint.read(file.path)
    case .safetensorsIndex: return try SafetensorsCheckpoint.readIndex(file)
    case .npy:
      let name = lastPart(of: file.path)
      return try NumpyCheckpoint.read(
        file, name: name.hasSuffix(".npy") ? String(name.dropLast(4)) : name)
    case nil: throw .file(foreign(file))
    }
  }

  /// What the file is instead.
  private static func foreign(_ file: MappedFile) -> ModelFileError {
    do throws(ModelFileError) {
      try refuseForeignFormat(file)
    } catch {
      return error
    }
    return .foreignFormat(
      path: file.path, kind: "no checkpoint of a kind that is read",
      advice: "give a PyTorch, safetensors or NumPy file")
  }

  private static func firstTwin(_ tensors: [CheckpointTensor]) -> String? {
    var seen: Set<String> = []
    return tensors.first { !seen.insert($0.name).inserted }?.name
  }
}
