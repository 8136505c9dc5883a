import Networks

extension ImageDataset {
  /// Opens a single file in the form its content shows.
  static func openFile(_ path: String) throws(DatasetError) -> ImageDataset {
    let file = try OpenFile(path: path)
    guard file.byteCount > 0 else {
      throw .malformed(path: path, reason: "it is an empty file")
    }
    let start = try file.read(at: 0, count: min(file.byteCount, 512))
    if start.starts(with: [0x1F, 0x8B]) || start.starts(with: [0, 0, 8]) {
      return try openIDXFile(path)
    }
    switch fileExtension(path) {
    case "csv", "tsv": return try openManifestFile(path)
    case "bin": return try openCIFARFiles([path])
    default: break
    }
    if ImageFormat(sniffing: start.span) != nil { return try openSingleImage(path) }
    if start.starts(with: [0x80]), start.count > 1, start[1] <= 5 {
      throw .unsupported(path: path, advice: picklesAdvice)
    }
    throw .unsupported(path: path, advice: advice(for: start))
  }

  private static func openSingleImage(_ path: String) throws(DatasetError) -> ImageDataset {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = parts.last.map(String.init) ?? path
    let index = DatasetIndex(
      name: name, form: "single image", classes: [], imageNames: [name], labels: [nil],
      notes: ["no labels: it is a single image"])
    let root = folder.isEmpty ? (parts.count > 1 ? "/" : ".") : folder
    return ImageDataset(index: index, path: path, store: ImageFiles(root: root))
  }

  private static func advice(for start: [UInt8]) -> String {
    let known: [(signature: [UInt8], offset: Int, name: String)] = [
      (Array("PK\u{3}\u{4}".utf8), 0, "a ZIP or NumPy archive"),
      (Array("NUMPY".utf8), 1, "a NumPy array"),
      (Array("PAR1".utf8), 0, "a Parquet file"),
      (Array("ustar".utf8), 257, "a tar archive"),
      (Array("HDF".utf8), 1, "an HDF5 file"),
    ]
    let match = known.first { start.dropFirst($0.offset).starts(with: $0.signature) }
    let name = match.map(\.name) ?? "not a form of data set known here"
    return "is \(name); give a folder of JPEG or PNG files, a CSV file with path and label, "
      + "CIFAR's .bin files or MNIST's IDX files"
  }
}
