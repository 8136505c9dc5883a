import FoundationEssentials
import Networks
import Storage

/// Checkpoints in safetensors files: one, or several that an index names.
enum SafetensorsCheckpoint {
  private static let largestIndex = 1 << 26
  private static let largestShardCount = 10_000

  /// Reads one file.
  static func read(_ path: String) throws(CheckpointError) -> CheckpointContents {
    var contents = CheckpointContents(format: .safetensors)
    let file = try open(path)
    try add(file, names: file.tensors.keys, to: &contents)
    contents.facts = file.metadata.sorted { $0.key < $1.key }.map {
      MetadataEntry(key: printable($0.key), value: printable($0.value))
    }
    return contents
  }

  /// Reads the files that an index names, which must lie in its folder.
  static func readIndex(_ index: MappedFile) throws(CheckpointError) -> CheckpointContents {
    let names = try weightMap(index)
    var contents = CheckpointContents(format: .safetensorsIndex)
    let shards = Set(names.values).sorted()
    guard shards.count <= largestShardCount else {
      throw .limitExceeded(what: "files in its index", limit: largestShardCount)
    }
    for shard in shards {
      guard case .found(let path) = NeighbourFile(shard, beside: index.path) else {
        let isOutside = NeighbourFile(shard, beside: index.path) == .outside
        throw .shard(
          name: printable(shard),
          reason: isOutside ? "is outside its folder and is never opened" : "is missing")
      }
      let file: SafetensorsFile
      do {
        file = try open(path)
      } catch {
        throw .shard(name: printable(shard), reason: "cannot be read (\(error))")
      }
      let wanted = names.filter { $0.value == shard }.map(\.key)
      if let missing = wanted.sorted().first(where: { file.tensors[$0] == nil }) {
        throw .shard(name: printable(shard), reason: "lacks the tensor “\(printable(missing))”")
      }
      try add(file, names: wanted, to: &contents)
    }
    return contents
  }

  /// Adds the tensors of `names` in the order in which they lie: the header keeps none.
  private static func add(
    _ file: SafetensorsFile, names: some Collection<String>, to contents: inout CheckpointContents
  ) throws(CheckpointError) {
    let ordered = names.compactMap { name in file.tensors[name].map { (name, $0) } }.sorted {
      ($0.1.bytes.lowerBound, $0.0) < ($1.1.bytes.lowerBound, $1.0)
    }
    let source = contents.sources.count
    contents.sources.append(.mapped(file.file, 0..<file.file.count))
    for (name, entry) in ordered {
      let claim = TensorClaim(
        elementType: ElementType(entry.format), shape: entry.shape, strides: nil,
        offset: entry.bytes.lowerBound)
      try contents.add(name, claim, source: source)
    }
  }

  private static func open(_ path: String) throws(CheckpointError) -> SafetensorsFile {
    do {
      return try SafetensorsFile(path: path)
    } catch {
      if case .malformed(_, let detail) = error { throw .damaged(part: "header", detail: detail) }
      throw .file(.unreadable(path: printable(path), reason: "\(error)"))
    }
  }

  /// Tensor → file.
  private static func weightMap(_ index: MappedFile) throws(CheckpointError) -> [String: String] {
    struct Index: Decodable {
      var weight_map: [String: String]
    }
    guard index.count <= largestIndex else {
      throw .limitExceeded(what: "bytes in its index", limit: largestIndex)
    }
    let text = index.withSpan { bytes in bytes.indices.map { bytes[$0] } }
    guard let decoded = try? JSONDecoder().decode(Index.self, from: Data(text)),
      !decoded.weight_map.isEmpty
    else {
      throw .damaged(part: "index", detail: "has no “weight_map” of tensors and files")
    }
    return decoded.weight_map
  }
}

extension ElementType {
  /// Of a tensor in a safetensors file.
  fileprivate init(_ format: TensorFormat) {
    self =
      switch format {
      case .f64: .float64
      case .f32: .float32
      case .f16: .float16
      case .bf16: .bfloat16
      case .i64: .int64
      case .i32: .int32
      case .i16: .int16
      case .i8: .int8
      case .u64: .uint64
      case .u32: .uint32
      case .u16: .uint16
      case .u8: .uint8
      case .bool: .bool
      }
  }
}
