/// The images below a folder, and what was passed over on the way.
struct ImageListing: Sendable {
  /// How deep folders may nest.
  static let maximumDepth = 24

  private(set) var hiddenCount = 0
  private(set) var oddCount = 0
  private(set) var otherCount = 0
  private(set) var firstOther: String?
  /// Folders that could not be listed, each with the reason.
  private(set) var unreadable: [String] = []
  private(set) var loopCount = 0

  /// Image names below `folder`, relative to it, in natural order, all depths.
  ///
  /// - Parameter ancestors: Folders above, for noticing loops of links.
  mutating func images(
    below folder: String, prefix: String = "", ancestors: [FolderIdentity] = []
  ) -> [String] {
    sortedNaturally(collect(folder, prefix, ancestors))
  }

  /// The image names among `listing`'s own files, in natural order.
  mutating func images(among listing: FolderListing, in folder: String) -> [String] {
    sortedNaturally(pick(listing, folder, ""))
  }

  private mutating func collect(
    _ folder: String, _ prefix: String, _ ancestors: [FolderIdentity]
  ) -> [String] {
    let listing: FolderListing
    do {
      listing = try FolderListing(folder)
    } catch {
      unreadable.append(error.description)
      return []
    }
    guard !ancestors.contains(listing.identity), ancestors.count < Self.maximumDepth else {
      loopCount += 1
      return []
    }
    var found = pick(listing, folder, prefix)
    for name in listing.folders {
      found += collect(
        folder + "/" + name, prefix + name + "/", ancestors + [listing.identity])
    }
    return found
  }

  private mutating func pick(
    _ listing: FolderListing, _ folder: String, _ prefix: String
  ) -> [String] {
    hiddenCount += listing.hiddenCount
    oddCount += listing.oddCount
    var found: [String] = []
    for name in listing.files {
      if isImageFile(name, in: folder) {
        found.append(prefix + name)
      } else {
        otherCount += 1
        firstOther = [firstOther, prefix + name].compactMap(\.self).min()
      }
    }
    return found
  }

  /// One sentence for each kind of thing passed over.
  var notes: [String] {
    var notes = unreadable.sorted().prefix(5).map { "passed over: \($0)" }
    if unreadable.count > 5 { notes.append("\(unreadable.count) folders could not be read") }
    if let firstOther {
      let plural = otherCount == 1 ? "file that is" : "files that are"
      notes.append("passed over \(otherCount) \(plural) not images, such as \(firstOther)")
    }
    if hiddenCount > 0 { notes.append("passed over hidden files: \(hiddenCount)") }
    if oddCount > 0 {
      notes.append("passed over broken links, pipes and unprintable names: \(oddCount)")
    }
    if loopCount > 0 { notes.append("passed over folders linked in a loop: \(loopCount)") }
    return notes
  }
}

/// Whether a file counts as an image: by its extension, or by content where it has none.
func isImageFile(_ name: String, in folder: String) -> Bool {
  guard let ending = fileExtension(name) else {
    guard let file = try? OpenFile(path: folder + "/" + name),
      let bytes = try? file.read(at: 0, count: min(file.byteCount, 16))
    else { return false }
    return ImageFormat(sniffing: bytes.span) != nil
  }
  return imageExtensions.contains(ending)
}

/// What follows the last dot of a file name, in lower case; nil without a dot.
func fileExtension(_ name: String) -> String? {
  guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
  let ending = name[dot...].dropFirst()
  return ending.isEmpty || ending.utf8.contains(UInt8(ascii: "/")) ? nil : ending.lowercased()
}

/// Extensions listed as images; those we cannot decode are named when they are read.
private let imageExtensions: Set<String> = [
  "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif",
  "jxl", "jp2", "ppm", "pgm",
]
