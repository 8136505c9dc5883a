import Networks
import Storage

extension ImageDataset {
  /// Opens a folder of CIFAR's binary files, the test set if it is there; nil without any.
  static func openCIFARFolder(
    _ path: String, _ listing: FolderListing
  ) throws(DatasetError) -> ImageDataset? {
    let names = Set(listing.files)
    let batches = sortedNaturally(
      listing.files.filter { $0.hasPrefix("data_batch") && $0.hasSuffix(".bin") })
    if names.contains("test_batch.bin") {
      let note =
        batches.isEmpty
        ? nil : "took test_batch.bin; give \(path)/\(batches[0]) to look at training images"
      return try openCIFARFiles([path + "/test_batch.bin"], name: path, note: note)
    }
    if !batches.isEmpty { return try openCIFARFiles(batches.map { path + "/" + $0 }, name: path) }
    for name in ["test.bin", "train.bin"] where names.contains(name) {
      let other = name == "test.bin" && names.contains("train.bin")
      let note =
        other ? "took test.bin; give \(path)/train.bin to look at training images" : nil
      return try openCIFARFiles([path + "/" + name], name: path, note: note)
    }
    return nil
  }

  /// Opens CIFAR-10 or CIFAR-100 binary files, told apart by the size of their records.
  ///
  /// - Parameter name: Path the data set is named after; the first file when nil.
  static func openCIFARFiles(
    _ paths: [String], name: String? = nil, note: String? = nil
  ) throws(DatasetError) -> ImageDataset {
    var files: [OpenFile] = []
    for path in paths { files.append(try OpenFile(path: path)) }
    let first = files[0]
    let folder = first.path.split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/")
    let hundredNames = classNames(folder + "/fine_label_names.txt", count: 100)
    let isTen =
      first.byteCount % (CIFARFiles.pixelByteCount + 1) == 0
      && (hundredNames == nil || first.byteCount % (CIFARFiles.pixelByteCount + 2) != 0)
    var store = CIFARFiles(files: files, labelByteCount: isTen ? 1 : 2)
    let classes =
      isTen
      ? classNames(folder + "/batches.meta.txt", count: 10) ?? namesOfCIFAR10
      : hundredNames ?? (0..<100).map { "\($0)" }
    let records = try store.readLabels().sorted {
      ($0.label, $0.place.file, $0.place.record) < ($1.label, $1.place.file, $1.place.record)
    }
    store.places = records.map(\.place)
    let stems = paths.map { fileStem($0) }
    let index = DatasetIndex(
      name: datasetName(name ?? first.path),
      form: isTen ? "CIFAR-10 binary" : "CIFAR-100 binary", classes: classes,
      imageNames: records.map { "\(stems[$0.place.file]):\($0.place.record)" },
      labels: records.map(\.label), notes: note.map { [$0] } ?? [])
    return ImageDataset(index: index, path: name ?? first.path, store: store)
  }

  /// Class names, one a line; nil unless the file holds exactly `count`.
  private static func classNames(_ path: String, count: Int) -> [String]? {
    guard let bytes = try? readFile(path, limit: 1 << 20) else { return nil }
    let lines = textLines(bytes).filter { !$0.isEmpty }
    return lines.count == count ? lines : nil
  }
}

/// A path's last part without its extensions.
func fileStem(_ path: String) -> String {
  let name = lastPart(of: path)
  return name.split(separator: ".").first.map(String.init) ?? name
}

/// The lines of a text, without surrounding spaces, carriage returns and byte order mark.
func textLines(_ bytes: [UInt8]) -> [String] {
  let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  return body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let kept = $0.drop(while: isBlank)
    let end = kept.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? kept.startIndex
    return String(decoding: kept[kept.startIndex..<end], as: UTF8.self)
  }
}
