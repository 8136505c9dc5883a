import Networks
import Storage
import Tensors

extension ImageDataset {
  /// Opens a folder that holds MNIST's files, the test set if it is there; nil without any.
  static func openIDXFolder(
    _ path: String, _ listing: FolderListing
  ) throws(DatasetError) -> ImageDataset? {
    let found = sortedNaturally(
      listing.files.filter { $0.contains("images") && $0.contains("idx3-ubyte") })
    let isTest = { (name: String) in name.hasPrefix("t10k") || name.contains("test") }
    guard let chosen = found.first(where: isTest) ?? found.first else { return nil }
    let other = found.first { fileStem($0) != fileStem(chosen) }
    let note = other.map { "took \(chosen); give \(path)/\($0) to look at the other images" }
    return try openIDXFile(path + "/" + chosen, name: path, note: note)
  }

  /// Opens an IDX file of images with the labels file beside it.
  ///
  /// - Parameter name: Path the data set is named after; the file's when nil.
  static func openIDXFile(
    _ path: String, name: String? = nil, note: String? = nil
  ) throws(DatasetError) -> ImageDataset {
    let images = try IDXFile.open(path)
    guard images.lengths.count == 3 else {
      throw .unsupported(path: path, advice: "holds labels; give the images file beside it")
    }
    let (count, height, width) = (images.lengths[0], images.lengths[1], images.lengths[2])
    guard count > 0 else { throw .empty(path: path, seen: "its header tells of none") }
    do {
      try ImageLimits.check(width: width, height: height, .netpbm)
    } catch {
      throw .malformed(path: path, reason: "its images are \(width)×\(height) pixels")
    }
    let labels = try readIDXLabels(beside: path, count: count)
    let order = (0..<count).sorted {
      (labels?[$0] ?? 0, $0) < (labels?[$1] ?? 0, $1)
    }
    let classCount = labels.map { max(10, Int($0.max() ?? 0) + 1) } ?? 0
    var notes = note.map { [$0] } ?? []
    if labels == nil { notes.append("no labels: there is no labels file beside \(path)") }
    let stem = fileStem(path)
    let index = DatasetIndex(
      name: datasetName(name ?? path), form: "MNIST IDX",
      classes: (0..<classCount).map { "\($0)" }, imageNames: order.map { "\(stem):\($0)" },
      labels: order.map { place in labels.map { Int($0[place]) } }, notes: notes)
    return ImageDataset(
      index: index, path: name ?? path, store: IDXImages(file: images, places: order))
  }

  /// The labels of the images file at `path`; nil when no file beside it is named like them.
  private static func readIDXLabels(
    beside path: String, count: Int
  ) throws(DatasetError) -> [UInt8]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last else { return nil }
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    let partner = name.replacing("images", with: "labels").replacing("idx3", with: "idx1")
    let isPacked = partner.hasSuffix(".gz")
    let other = isPacked ? String(partner.dropLast(3)) : partner + ".gz"
    for candidate in [String(partner), other] where candidate != String(name) {
      guard case .file = PathKind(of: folder + candidate) else { continue }
      let labels = try IDXFile.open(folder + candidate)
      guard labels.lengths == [count] else {
        throw .malformed(
          path: labels.path,
          reason: "it does not hold one label for each of \(NumberText.counted(count, "image"))")
      }
      return try labels.bytes(at: 0, count: count)
    }
    return nil
  }
}
