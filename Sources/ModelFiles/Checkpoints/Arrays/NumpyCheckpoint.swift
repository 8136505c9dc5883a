import Networks
import Storage

/// Weights in NumPy files: one array, or a zip archive of arrays.
enum NumpyCheckpoint {
  /// Reads a `.npy` file.
  static func read(_ file: MappedFile, name: String) throws(CheckpointError) -> CheckpointContents {
    var contents = CheckpointContents(format: .npy)
    let header = try file.withSpan { (bytes) throws(CheckpointError) in try NumpyHeader(bytes) }
    contents.sources = [.mapped(file, 0..<file.count)]
    try contents.add(name, claim(header), source: 0)
    return contents
  }

  /// Reads a `.npz` archive; arrays are named like its entries.
  ///
  /// - Complexity: O(*entries*) for stored ones; of compressed ones the headers are unpacked.
  static func readArchive(_ archive: ZipArchive) throws(CheckpointError) -> CheckpointContents {
    var contents = CheckpointContents(format: .npz)
    var skipped: [String] = []
    for entry in archive.entries where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(".npy".count))
      do {
        let header = try header(archive, entry)
        contents.sources.append(.packed(archive, entry))
        try contents.add(name, claim(header), source: contents.sources.count - 1)
      } catch .unsupported {
        skipped.append(name)
      }
    }
    contents.noteUnread(skipped)
    guard !contents.tensors.isEmpty else { throw .noTensors }
    return contents
  }

  private static func header(
    _ archive: ZipArchive, _ entry: ZipEntry
  ) throws(CheckpointError) -> NumpyHeader {
    if let range = try archive.storedRange(of: entry) {
      return try archive.file.withSpan(range) { (bytes) throws(CheckpointError) in
        try NumpyHeader(bytes)
      }
    }
    let bytes = try archive.beginning(of: entry, count: NumpyHeader.largestCount)
    return try NumpyHeader(bytes.span)
  }

  private static func claim(_ header: NumpyHeader) -> TensorClaim {
    TensorClaim(
      elementType: header.elementType, shape: header.shape, strides: header.strides,
      offset: header.dataStart)
  }
}
