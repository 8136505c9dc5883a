/// Where the directory of a zip archive lies, found from the file's end.
struct ZipDirectory {
  private let range: Range<Int>
  private let entryCount: Int

  private static let endCount = 22

  init(_ bytes: Span<UInt8>) throws(CheckpointError) {
    let end = try Self.endOfDirectory(bytes)
    var (count, size, start) = (
      UInt64(bytes.littleEndian16(end + 10)), UInt64(bytes.littleEndian32(end + 12)),
      UInt64(bytes.littleEndian32(end + 16))
    )
    var limit = end
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
      let large = try Self.largeEnd(bytes, before: end)
    {
      limit = large
      count = bytes.littleEndian64(large + 32)
      size = bytes.littleEndian64(large + 40)
      start = bytes.littleEndian64(large + 48)
    }
    guard count <= UInt64(ZipArchive.largestEntryCount) else {
      throw .limitExceeded(what: "files in an archive", limit: ZipArchive.largestEntryCount)
    }
    guard start <= UInt64(limit), size <= UInt64(limit) - start, size >= count * 46 else {
      throw ZipArchive.damaged("lies outside the file")
    }
    range = Int(start)..<Int(start + size)
    entryCount = Int(count)
  }

  /// All entries, limits not yet known, and the first byte of the directory.
  func entries(
    _ bytes: Span<UInt8>
  ) throws(CheckpointError) -> (entries: [ZipEntry], start: Int) {
    var entries: [ZipEntry] = []
    entries.reserveCapacity(entryCount)
    var offset = range.lowerBound
    for _ in 0..<entryCount {
      guard offset + 46 <= range.upperBound, bytes.littleEndian32(offset) == 0x0201_4B50 else {
        throw ZipArchive.damaged("ends early")
      }
      let nameEnd = offset + 46 + bytes.littleEndian16(offset + 28)
      let extraEnd = nameEnd + bytes.littleEndian16(offset + 30)
      let next = extraEnd + bytes.littleEndian16(offset + 32)
      guard next <= range.upperBound else { throw ZipArchive.damaged("ends early") }
      entries.append(try entry(bytes, at: offset, nameEnd: nameEnd, extra: nameEnd..<extraEnd))
      offset = next
    }
    return (entries, range.lowerBound)
  }

  private func entry(
    _ bytes: Span<UInt8>, at offset: Int, nameEnd: Int, extra: Range<Int>
  ) throws(CheckpointError) -> ZipEntry {
    var sizes = LargeSizes(bytes, at: offset)
    try sizes.widen(bytes, extra)
    let name = bytes.decoded(offset + 46..<nameEnd)
    let method: ZipEntry.Method =
      switch bytes.littleEndian16(offset + 10) {
      case 0: .stored
      case 8: .deflated
      case let code: .other(code)
      }
    guard let count = Int(exactly: sizes.count), let stored = Int(exactly: sizes.storedCount),
      let header = Int(exactly: sizes.headerOffset), header <= range.lowerBound
    else { throw ZipArchive.damaged("gives “\(printable(name))” a place outside the file") }
    if method == .stored, count != stored {
      throw ZipArchive.damaged("gives “\(printable(name))” two sizes")
    }
    if method == .deflated, count / ZipArchive.largestRatio > stored + 1 {
      throw ZipArchive.damaged("claims a size for “\(printable(name))” that no packing reaches")
    }
    return ZipEntry(
      name: name, method: method, isEncrypted: bytes.littleEndian16(offset + 8) & 1 != 0,
      storedCount: stored, count: count, headerOffset: header, limit: header)
  }

  /// The end record: the last one whose comment reaches to the end of the file.
  private static func endOfDirectory(_ bytes: Span<UInt8>) throws(CheckpointError) -> Int {
    var offset = bytes.count - endCount
    let first = max(0, offset - 0xFFFF)
    while offset >= first {
      if bytes.littleEndian32(offset) == 0x0605_4B50,
        offset + endCount + bytes.littleEndian16(offset + 20) == bytes.count
      {
        return offset
      }
      offset -= 1
    }
    throw ZipArchive.damaged("is missing: the file is cut off or still being written")
  }

  /// The end record of large archives, where there is one.
  private static func largeEnd(
    _ bytes: Span<UInt8>, before end: Int
  ) throws(CheckpointError) -> Int? {
    let locator = end - 20
    guard locator >= 0, bytes.littleEndian32(locator) == 0x0706_4B50 else { return nil }
    let place = bytes.littleEndian64(locator + 8)
    guard locator >= 56, place <= UInt64(locator - 56),
      bytes.littleEndian32(Int(place)) == 0x0606_4B50
    else { throw ZipArchive.damaged("lies outside the file") }
    return Int(place)
  }
}

/// Sizes of an entry, those that do not fit 32 bits taken from its extra field.
private struct LargeSizes {
  var count: UInt64
  var storedCount: UInt64
  var headerOffset: UInt64

  init(_ bytes: Span<UInt8>, at offset: Int) {
    storedCount = UInt64(bytes.littleEndian32(offset + 20))
    count = UInt64(bytes.littleEndian32(offset + 24))
    headerOffset = UInt64(bytes.littleEndian32(offset + 42))
  }

  mutating func widen(_ bytes: Span<UInt8>, _ extra: Range<Int>) throws(CheckpointError) {
    var offset = extra.lowerBound
    while offset + 4 <= extra.upperBound {
      let end = offset + 4 + bytes.littleEndian16(offset + 2)
      guard end <= extra.upperBound else { return }
      if bytes.littleEndian16(offset) == 1 {
        var place = offset + 4
        for field in [\LargeSizes.count, \.storedCount, \.headerOffset]
        where self[keyPath: field] == 0xFFFF_FFFF {
          guard place + 8 <= end else { throw ZipArchive.damaged("ends early") }
          self[keyPath: field] = bytes.littleEndian64(place)
          place += 8
        }
      }
      offset = end
    }
  }
}
