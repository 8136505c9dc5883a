import Networks

/// The pickles of PyTorch's old format, one after another: a magic number, the format's version,
/// facts of the machine, the object, the keys of the storages. The storages follow.
struct LegacyParts {
  let object: PickleGraph
  private let keys: [String]
  /// First byte after the pickles.
  private let end: Int

  init(_ bytes: Span<UInt8>) throws(CheckpointError) {
    var graphs: [PickleGraph] = []
    var position = 0
    for _ in 0..<5 {
      var reader = PickleReader(startingAt: position)
      graphs.append(try reader.read(bytes))
      position = reader.position
    }
    let (machine, keyList) = (graphs[2], graphs[4])
    if let flag = machine.value("little_endian", of: machine.root),
      case .bool(false) = machine[flag].value
    {
      throw TorchFile.bigEndian
    }
    guard graphs[1].integer(graphs[1].root) == 1001, let ids = keyList.elements(keyList.root),
      ids.count <= TorchFile.largestStorageCount
    else { throw PickleReader.damaged("is not of PyTorch's old format") }
    keys = ids.compactMap { keyList.text($0) }
    guard keys.count == ids.count else { throw PickleReader.damaged("names storages oddly") }
    object = graphs[3]
    end = position
  }

  /// Bytes of each storage: a count of eight bytes, then the numbers.
  func storageRanges(
    _ bytes: Span<UInt8>, _ types: [String: ElementType]
  ) throws(CheckpointError) -> [String: Range<Int>] {
    var ranges: [String: Range<Int>] = [:]
    var position = end
    for key in keys {
      guard let size = types[key]?.byteCount else {
        throw .unsupported(
          detail: "the number format of storage “\(printable(key))” is not known",
          advice: "save it again with a newer PyTorch")
      }
      guard bytes.count - position >= 8 else { throw Self.cutOff }
      let count = bytes.littleEndian64(position)
      position += 8
      let (length, overflow) = count.multipliedReportingOverflow(by: UInt64(size))
      guard !overflow, length <= UInt64(bytes.count - position) else { throw Self.cutOff }
      guard ranges.updateValue(position..<position + Int(length), forKey: key) == nil else {
        throw PickleReader.damaged("names the storage “\(printable(key))” twice")
      }
      position += Int(length)
    }
    return ranges
  }

  private static var cutOff: CheckpointError {
    .damaged(part: "list of storages", detail: "is cut off")
  }
}
