import Networks
import Storage

/// Checkpoints as `torch.save` writes them. Nothing in them is executed.
///
/// Formats: `torch/serialization.py`. Since 1.6 a zip archive of `data.pkl` and `data/<key>`;
/// before that pickles one after another, then the storages.
enum TorchFile {
  static let largestPickle = 1 << 28
  static let largestStorageCount = 200_000
  private static let magic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  /// Whether a file begins as the old format does.
  static func isLegacy(_ head: [UInt8]) -> Bool {
    head.starts(with: magic)
      // Protocols 0 and 1 write the same number as text, later ones with a frame.
      || String(decoding: head.prefix(40), as: UTF8.self).hasPrefix("L119547037146038801333356L")
      || (head.starts(with: [0x80]) && head.prefix(40).containsRun(Array(magic[2..<14])))
  }

  /// The entry of an archive that holds the pickle, wherever its folder is.
  static func pickleEntry(_ archive: ZipArchive) -> ZipEntry? {
    archive.entries.first { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }
  }

  /// Reads a zip archive with the pickle `entry`.
  static func read(
    _ archive: ZipArchive, _ entry: ZipEntry
  ) throws(CheckpointError) -> CheckpointContents {
    let folder = String(entry.name.dropLast("data.pkl".count))
    if let order = archive.entry(folder + "byteorder"),
      String(decoding: try archive.contents(of: order, limit: 16), as: UTF8.self).hasPrefix("big")
    {
      throw bigEndian
    }
    let pickle = try archive.contents(of: entry, limit: largestPickle)
    var reader = PickleReader()
    let graph = try reader.read(pickle.span)
    let isScript = archive.entry(folder + "constants.pkl") != nil
    return try contents(graph, format: isScript ? .torchScript : .torch) { key in
      archive.entry(folder + "data/" + key).map { .packed(archive, $0) }
    }
  }

  /// Reads the old format.
  static func readLegacy(_ file: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let parts = try file.withSpan { (bytes) throws(CheckpointError) in try LegacyParts(bytes) }
    let types = storageTypes(parts.object)
    let ranges = try file.withSpan { (bytes) throws(CheckpointError) in
      try parts.storageRanges(bytes, types)
    }
    return try contents(parts.object, format: .torchLegacy) { key in
      ranges[key].map { .mapped(file, $0) }
    }
  }

  static var bigEndian: CheckpointError {
    .unsupported(
      detail: "it was written on a big-endian machine", advice: "save it again on another")
  }

  /// The tensors of a pickle, their storages looked up by key.
  private static func contents(
    _ graph: PickleGraph, format: CheckpointFormat,
    storage: (String) throws(CheckpointError) -> TensorSource?
  ) throws(CheckpointError) -> CheckpointContents {
    var search = TorchSearch(graph)
    let found = try search.search()
    var contents = CheckpointContents(format: format)
    (contents.facts, contents.modules, contents.notes) = (found.facts, found.modules, found.notes)
    let recognizer = TorchTensors(graph: graph)
    var places: [String: Int] = [:]
    var unread: [String] = []
    for (name, node) in found.tensors {
      guard let tensor = recognizer.tensor(node), let size = tensor.elementType.byteCount,
        let storageSize = tensor.storageType.byteCount
      else {
        unread.append(name)
        continue
      }
      if places[tensor.storageKey] == nil {
        guard let source = try storage(tensor.storageKey) else {
          throw .tensorUnavailable(
            name: printable(name),
            reason: "its storage “\(printable(tensor.storageKey))” is missing")
        }
        places[tensor.storageKey] = contents.sources.count
        contents.sources.append(source)
      }
      let place = places[tensor.storageKey] ?? 0
      let (bytes, overflow) = tensor.storageCount.multipliedReportingOverflow(by: storageSize)
      let (offset, tooFar) = tensor.elementOffset.multipliedReportingOverflow(by: size)
      guard !overflow, !tooFar, bytes <= contents.sources[place].count else {
        throw .tensorUnavailable(
          name: printable(name), reason: "its storage is shorter than the pickle says")
      }
      let claim = TensorClaim(
        elementType: tensor.elementType, shape: tensor.shape, strides: tensor.strides,
        offset: offset)
      try contents.add(name, claim, source: place)
    }
    contents.noteUnread(unread)
    return contents
  }

  /// Formats of all storages a pickle names, by key.
  private static func storageTypes(_ graph: PickleGraph) -> [String: ElementType] {
    var types: [String: ElementType] = [:]
    for node in graph.nodes {
      guard case .persistent(let id) = node.value, let parts = graph.elements(id),
        parts.count >= 5, let name = graph.globalName(parts[1]), let key = graph.text(parts[2])
      else { continue }
      types[key] = TorchTypes.element(ofStorage: name)
    }
    return types
  }
}

extension Sequence<UInt8> {
  /// Whether `run` occurs in it.
  fileprivate func containsRun(_ run: [UInt8]) -> Bool {
    let bytes = Array(self)
    guard bytes.count >= run.count else { return false }
    return (0...bytes.count - run.count).contains { start in
      bytes[start..<start + run.count].elementsEqual(run)
    }
  }
}
