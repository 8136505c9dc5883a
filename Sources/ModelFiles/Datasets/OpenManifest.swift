import Networks
import Storage
import Tensors

extension ImageDataset {
  private static let manifestByteLimit = 1 << 29

  /// Opens the folder's manifest: `labels.csv`, `manifest.csv`, or the only table with a path
  /// and a label column; nil when there is none or it leads to no file.
  static func openManifest(
    in path: String, _ listing: FolderListing
  ) throws(DatasetError) -> ImageDataset? {
    let tables = listing.files.filter { ["csv", "tsv"].contains(fileExtension($0)) }
    let named = ["labels.csv", "manifest.csv"].filter { tables.contains($0) }
    let candidates = named.isEmpty && tables.count == 1 ? tables : named
    for name in candidates {
      guard let bytes = try? readFile(path + "/" + name, limit: manifestByteLimit),
        let manifest = Manifest(bytes), !manifest.rows.isEmpty,
        named.isEmpty == false || manifest.hasLabels,
        let files = imageFiles(of: manifest, in: path, listing)
      else { continue }
      return assemble(manifest, files, path: path, table: name)
    }
    return nil
  }

  /// Opens a table given by its own path.
  static func openManifestFile(_ path: String) throws(DatasetError) -> ImageDataset {
    let bytes = try readFile(path, limit: manifestByteLimit)
    guard let manifest = Manifest(bytes) else {
      throw .malformed(
        path: path, reason: "its first line names no path column; write a header “path,label”")
    }
    guard let first = manifest.rows.first else {
      throw .empty(path: path, seen: "a header without rows")
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    let root = folder.isEmpty ? "/" : folder
    guard let files = imageFiles(of: manifest, in: root, try FolderListing(root)) else {
      throw .malformed(
        path: path, reason: "“\(first.path)” does not lead to a file from \(root)")
    }
    return assemble(manifest, files, path: path, table: parts.last.map(String.init) ?? path)
  }

  /// Where the manifest's paths start from and what they lack, tried on its first rows.
  private static func imageFiles(
    of manifest: Manifest, in folder: String, _ listing: FolderListing
  ) -> ImageFiles? {
    let samples = manifest.rows.prefix(8).map(\.path)
    let roots = [folder] + sortedNaturally(listing.folders).map { folder + "/" + $0 }
    for suffix in ["", ".png", ".jpg", ".jpeg", ".JPEG"] {
      for root in roots {
        for sample in samples {
          let isAbsolute = sample.utf8.first == UInt8(ascii: "/")
          let path = (isAbsolute ? sample : root + "/" + sample) + suffix
          if case .file = PathKind(of: path) { return ImageFiles(root: root, suffix: suffix) }
        }
      }
    }
    return nil
  }

  private static func assemble(
    _ manifest: Manifest, _ files: ImageFiles, path: String, table: String
  ) -> ImageDataset {
    let (classes, labels) = manifest.classes()
    let keys = manifest.rows.map { Array($0.path.utf8) }
    let order = manifest.rows.indices.sorted { a, b in
      let classes = (labels[a] ?? Int.max, labels[b] ?? Int.max)
      if classes.0 != classes.1 { return classes.0 < classes.1 }
      let (first, second) = (keys[a], keys[b])
      return first == second ? a < b : naturallyPrecedes(first.span, second.span)
    }
    var notes = ["labels from \(table)"]
    if !manifest.hasLabels { notes = ["no labels: \(table) has no label column"] }
    let unlabelled = labels.count { $0 == nil }
    if manifest.hasLabels && unlabelled > 0 {
      notes.append("\(NumberText.counted(unlabelled, "image")) without a label")
    }
    let index = DatasetIndex(
      name: datasetName(path), form: "manifest", classes: classes,
      imageNames: order.map { manifest.rows[$0].path }, labels: order.map { labels[$0] },
      notes: notes)
    return ImageDataset(index: index, path: path, store: files)
  }
}
