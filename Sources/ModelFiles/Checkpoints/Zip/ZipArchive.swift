import Storage

/// A zip archive in a mapped file: its directory, checked before anything is handed out.
///
/// Entries must lie one after another inside the file, without sharing bytes; what a zip bomb
/// needs (entries that overlap, sizes that deflate cannot reach) is refused.
/// Format: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10.
struct ZipArchive: Sendable {
  let file: MappedFile
  /// In the order of the directory.
  let entries: [ZipEntry]
  private let places: [String: Int]

  /// More than any checkpoint needs: a tensor is an entry.
  static let largestEntryCount = 200_000
  /// Deflate makes at most 1,032 bytes of one.
  static let largestRatio = 1032
  /// Most bytes ever unpacked at once.
  static let largestUnpackedCount = 1 << 30

  /// - Complexity: O(*entries* · log *entries*); only the directory's pages are touched.
  init(_ file: MappedFile) throws(CheckpointError) {
    self.file = file
    let entries = try file.withSpan { (bytes) throws(CheckpointError) in
      try ZipDirectory(bytes).entries(bytes)
    }
    self.entries = try Self.separated(entries.entries, before: entries.start)
    var places: [String: Int] = [:]
    for (place, entry) in self.entries.enumerated() {
      guard places.updateValue(place, forKey: entry.name) == nil else {
        throw Self.damaged("names “\(printable(entry.name))” twice")
      }
    }
    self.places = places
  }

  /// The entry of that name.
  func entry(_ name: String) -> ZipEntry? { places[name].map { entries[$0] } }

  /// Where the bytes of a stored entry lie.
  ///
  /// - Returns: Nil for a compressed entry.
  func storedRange(of entry: ZipEntry) throws(CheckpointError) -> Range<Int>? {
    guard entry.method == .stored else { return nil }
    return try dataRange(of: entry)
  }

  /// All bytes of an entry, unpacked.
  func contents(of entry: ZipEntry, limit: Int) throws(CheckpointError) -> [UInt8] {
    guard entry.count <= limit else {
      throw .limitExceeded(what: "bytes in “\(printable(entry.name))”", limit: limit)
    }
    return try beginning(of: entry, count: entry.count)
  }

  /// The first `count` bytes of an entry, or all it has, unpacked.
  func beginning(of entry: ZipEntry, count: Int) throws(CheckpointError) -> [UInt8] {
    let range = try dataRange(of: entry)
    let wanted = min(count, entry.count)
    return try file.withSpan(range) { (bytes) throws(CheckpointError) in
      guard entry.method == .deflated else { return (0..<wanted).map { bytes[$0] } }
      do {
        return try inflateRaw(bytes, count: wanted, isWhole: wanted == entry.count)
      } catch {
        throw Self.damaged("holds “\(printable(entry.name))”, which does not unpack")
      }
    }
  }

  private func dataRange(of entry: ZipEntry) throws(CheckpointError) -> Range<Int> {
    guard !entry.isEncrypted else {
      throw .unsupported(detail: "it is encrypted", advice: "unpack it with its password")
    }
    if case .other(let method) = entry.method {
      throw .unsupported(
        detail: "“\(printable(entry.name))” is packed by method \(method)",
        advice: "pack it with deflate, or not at all")
    }
    let offset = entry.headerOffset
    return try file.withSpan { (bytes) throws(CheckpointError) in
      guard offset + 30 <= entry.limit, bytes.littleEndian32(offset) == 0x0403_4B50 else {
        throw Self.damaged("points to no entry for “\(printable(entry.name))”")
      }
      let start =
        offset + 30 + bytes.littleEndian16(offset + 26) + bytes.littleEndian16(offset + 28)
      guard start <= entry.limit, entry.storedCount <= entry.limit - start else {
        throw Self.damaged("gives “\(printable(entry.name))” more bytes than there are")
      }
      return start..<start + entry.storedCount
    }
  }

  /// The entries with their limits, none sharing a byte with the next.
  private static func separated(
    _ entries: [ZipEntry], before end: Int
  ) throws(CheckpointError) -> [ZipEntry] {
    var result = entries
    let order = entries.indices.sorted {
      (entries[$0].headerOffset, $0) < (entries[$1].headerOffset, $1)
    }
    for (rank, place) in order.enumerated() {
      let limit = rank + 1 < order.count ? entries[order[rank + 1]].headerOffset : end
      let entry = entries[place]
      guard entry.headerOffset <= limit - 30, entry.storedCount <= limit - 30 - entry.headerOffset
      else { throw damaged("makes entries overlap or leave the file") }
      result[place].limit = limit
    }
    return result
  }

  static func damaged(_ detail: String) -> CheckpointError {
    .damaged(part: "zip directory", detail: detail)
  }
}
