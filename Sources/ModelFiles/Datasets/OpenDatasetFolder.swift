import Networks
import Tensors

extension ImageDataset {
  /// Opens a folder in the first form that fits.
  static func openFolder(_ path: String, depth: Int = 0) throws(DatasetError) -> ImageDataset {
    let listing = try FolderListing(path)
    if let cifar = try openCIFARFolder(path, listing) { return cifar }
    if let digits = try openIDXFolder(path, listing) { return digits }
    try refusePickles(path, listing)
    if let manifest = try openManifest(in: path, listing) { return manifest }
    if let split = try openSplit(path, listing, depth) { return split }
    return try openImageFolder(path, listing, depth)
  }

  /// Class folders where sub-folders hold images, else the folder's own images.
  private static func openImageFolder(
    _ path: String, _ listing: FolderListing, _ depth: Int
  ) throws(DatasetError) -> ImageDataset {
    var images = ImageListing()
    let own = images.images(among: listing, in: path)
    var groups: [(name: String, images: [String])] = []
    for name in listing.folders.sorted(by: precedesInUnicodeOrder) {
      let found = images.images(
        below: path + "/" + name, prefix: name + "/", ancestors: [listing.identity])
      if !found.isEmpty { groups.append((name, found)) }
    }
    if own.isEmpty, groups.count == 1, depth < 3, isContainer(groups[0].name) {
      return try openFolder(path + "/" + groups[0].name, depth: depth + 1)
    }
    if groups.isEmpty {
      return try openFlatFolder(path, own, listing, notes: images.notes)
    }
    var notes = images.notes
    if !own.isEmpty {
      notes.append(
        "passed over \(NumberText.counted(own.count, "image")) outside of the class folders")
    }
    let labels = groups.enumerated().flatMap { label, group in
      [Int?](repeating: label, count: group.images.count)
    }
    let index = DatasetIndex(
      name: datasetName(path), form: "class folders", classes: groups.map(\.name),
      imageNames: groups.flatMap(\.images), labels: labels, notes: notes)
    return ImageDataset(index: index, path: path, store: ImageFiles(root: path))
  }

  private static func openFlatFolder(
    _ path: String, _ own: [String], _ listing: FolderListing, notes: [String]
  ) throws(DatasetError) -> ImageDataset {
    guard !own.isEmpty else {
      throw .empty(path: path, seen: contents(of: listing, notes: notes))
    }
    let index = DatasetIndex(
      name: datasetName(path), form: "flat folder", classes: [], imageNames: own,
      labels: Array(repeating: nil, count: own.count),
      notes: notes + ["no labels: the images lie in one folder without a manifest"])
    return ImageDataset(index: index, path: path, store: ImageFiles(root: path))
  }

  /// What an image-less folder does hold, for the error.
  private static func contents(of listing: FolderListing, notes: [String]) -> String {
    if listing.files.isEmpty && listing.folders.isEmpty {
      return listing.hiddenCount == 0 ? "it is empty" : "only hidden files"
    }
    if let note = notes.first { return note }
    return "\(listing.folders.count) folders without images"
  }

  /// Whether a single sub-folder is a place to keep images in rather than a class.
  private static func isContainer(_ name: String) -> Bool {
    ["images", "imgs", "img", "data", "pictures", "photos", "png", "jpg", "jpeg"]
      .contains(name.lowercased())
  }

  /// One of `train`, `val`, `test` where the folder holds nothing but such folders.
  private static func openSplit(
    _ path: String, _ listing: FolderListing, _ depth: Int
  ) throws(DatasetError) -> ImageDataset? {
    let preference = [
      "val", "valid", "validation", "dev", "test", "testing", "eval", "train", "training",
    ]
    let splits = listing.folders.sorted { a, b in
      let ranks = [a, b].map { preference.firstIndex(of: $0.lowercased()) ?? preference.count }
      return (ranks[0], a) < (ranks[1], b)
    }
    guard depth < 3, splits.contains(where: { isDecisive($0) }),
      splits.allSatisfy({ preference.contains($0.lowercased()) })
    else { return nil }
    var unlabelled: ImageDataset?
    var problem: DatasetError?
    for split in splits {
      do {
        let opened = try openFolder(path + "/" + split, depth: depth + 1)
        let others = splits.filter { $0 != split }
        let noted = opened.noting(chosenSplit: split, others: others, path: path)
        if !opened.index.classes.isEmpty { return noted }
        unlabelled = unlabelled ?? noted
      } catch {
        problem = problem ?? error
      }
    }
    if let unlabelled { return unlabelled }
    if let problem { throw problem }
    return nil
  }

  /// Whether a folder of this name can hardly be a class.
  private static func isDecisive(_ name: String) -> Bool {
    ["val", "validation", "test", "train"].contains(name.lowercased())
  }

  private func noting(chosenSplit: String, others: [String], path: String) -> ImageDataset {
    guard let other = others.first else { return self }
    var index = index
    index.notes.append(
      "took \(chosenSplit) of \(([chosenSplit] + others).joined(separator: ", ")); "
        + "give \(path)/\(other) to look at another")
    return ImageDataset(index: index, path: self.path, store: store)
  }

  /// Stops at Python's CIFAR pickles with a way out.
  private static func refusePickles(
    _ path: String, _ listing: FolderListing
  ) throws(DatasetError) {
    let names = Set(listing.files)
    let isPickled =
      names.contains("batches.meta") && names.contains("test_batch")
      || names.contains("meta") && names.contains("test") && names.contains("train")
    if isPickled { throw .unsupported(path: path, advice: picklesAdvice) }
  }

  static let picklesAdvice =
    "holds Python pickles, which can run code and are never opened; use CIFAR's binary version "
    + "(test_batch.bin) or save the images as PNG in one folder per class"
}

/// Python's order of strings, which torchvision sorts class folders by.
func precedesInUnicodeOrder(_ a: String, _ b: String) -> Bool {
  a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
}
