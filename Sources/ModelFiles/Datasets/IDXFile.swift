import Networks

/// The content of an IDX file of unsigned bytes, read in place or inflated from gzip.
///
/// Format: two zero bytes, type 8, number of axes, each axis as 4 big-endian bytes, data.
/// yann.lecun.com/exdb/mnist.
struct IDXFile: Sendable {
  /// More than this is not inflated.
  static let byteLimit = 1 << 31

  var path: String
  /// Lengths of the axes, outermost first.
  var lengths: [Int]
  private var headerCount: Int
  private var content: Content

  private enum Content: Sendable {
    case file(OpenFile)
    case inflated([UInt8])
  }

  /// Opens a file and checks that it holds all that its header tells of.
  static func open(_ path: String) throws(DatasetError) -> IDXFile {
    let file = try OpenFile(path: path)
    let magic = try file.read(at: 0, count: min(file.byteCount, 2))
    guard magic != [0x1F, 0x8B] else { return try inflating(file) }
    let header = try file.read(at: 0, count: min(file.byteCount, 16))
    let (lengths, headerCount) = try readHeader(header, path)
    let opened = IDXFile(
      path: path, lengths: lengths, headerCount: headerCount, content: .file(file))
    guard file.byteCount >= headerCount + opened.dataCount else {
      throw .malformed(
        path: path, reason: "it ends before the \(opened.dataCount) bytes its header tells of")
    }
    return opened
  }

  private static func inflating(_ file: OpenFile) throws(DatasetError) -> IDXFile {
    let path = file.path
    guard file.byteCount <= byteLimit else {
      throw .malformed(path: path, reason: "its compressed data is too large")
    }
    let packed = try file.read(at: 0, count: file.byteCount)
    let start = try inflate(packed, 8, isWhole: false, path)
    let axisCount = min(Int(start[3]), 3)
    let header = try inflate(packed, 4 + 4 * axisCount, isWhole: false, path)
    let (lengths, headerCount) = try readHeader(header, path)
    var opened = IDXFile(
      path: path, lengths: lengths, headerCount: headerCount, content: .inflated([]))
    // Deflate packs at most 1,032 to 1, so a larger claim is false.
    guard opened.dataCount <= byteLimit, opened.dataCount / 1032 <= packed.count else {
      throw .malformed(path: path, reason: "its header tells of too much data")
    }
    opened.content = .inflated(
      try inflate(packed, headerCount + opened.dataCount, isWhole: true, path))
    return opened
  }

  /// Bytes after the header.
  private var dataCount: Int { lengths.reduce(1, *) }

  private static func inflate(
    _ packed: [UInt8], _ count: Int, isWhole: Bool, _ path: String
  ) throws(DatasetError) -> [UInt8] {
    do {
      return try inflateGzip(packed.span, count: count, isWhole: isWhole)
    } catch {
      let reason = error == .endsEarly ? "it ends too early" : "its gzip data is corrupt"
      throw .malformed(path: path, reason: reason)
    }
  }

  /// The axes' lengths and the header's size; at most 3 axes and 2⁴⁰ bytes.
  private static func readHeader(
    _ header: [UInt8], _ path: String
  ) throws(DatasetError) -> ([Int], Int) {
    guard header.count >= 8, header[0] == 0, header[1] == 0 else {
      throw .malformed(path: path, reason: "it is not an IDX file")
    }
    let axisCount = Int(header[3])
    guard header[2] == 8, axisCount == 1 || axisCount == 3 else {
      throw .malformed(path: path, reason: "it holds neither grey images nor labels")
    }
    guard header.count >= 4 + 4 * axisCount else {
      throw .malformed(path: path, reason: "it ends too early")
    }
    let lengths = (0..<axisCount).map { axis in
      (0..<4).reduce(0) { $0 << 8 | Int(header[4 + 4 * axis + $1]) }
    }
    var total = 1
    for length in lengths {
      let (product, overflow) = total.multipliedReportingOverflow(by: length)
      guard !overflow, product <= 1 << 40 else {
        throw .malformed(path: path, reason: "its header tells of too much data")
      }
      total = product
    }
    return (lengths, 4 + 4 * axisCount)
  }

  /// `count` data bytes from `offset`.
  func bytes(at offset: Int, count: Int) throws(DatasetError) -> [UInt8] {
    switch content {
    case .file(let file): return try file.read(at: headerCount + offset, count: count)
    case .inflated(let all):
      let first = headerCount + offset
      guard first >= 0, count >= 0, count <= all.count - first else {
        throw .malformed(path: path, reason: "it ends too early")
      }
      return Array(all[first..<first + count])
    }
  }
}

/// The grey images of an IDX file.
struct IDXImages: ImageStore {
  var file: IDXFile
  /// Image in the file of each image of the index.
  var places: [Int]

  func image(_ i: Int, name: String) throws(DatasetError) -> PixelImage {
    let (height, width) = (file.lengths[1], file.lengths[2])
    let count = height * width
    let bytes = try file.bytes(at: places[i] * count, count: count)
    return PixelImage(width: width, height: height, channelCount: 1, bytes: bytes)
  }

  func byteCount(_ i: Int, name: String) -> Int { file.lengths[1] * file.lengths[2] }
}
