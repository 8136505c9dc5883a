import FoundationEssentials

/// A small value kept between visits: one file of JSON, replaced as a whole.
///
/// Keys are sorted, so that equal values give equal bytes; numbers that are not finite are kept.
public struct JSONFile<Value: Codable>: Sendable {
  public let path: String
  /// Bytes above which the file is none of ours.
  private let largest: Int

  /// - Parameter path: Absolute; the folder is made when something is written.
  public init(path: String, largest: Int) {
    self.path = path
    self.largest = largest
  }

  /// What is kept; nil when nothing is, or it cannot be read.
  public func read() -> Value? {
    guard let file = try? MappedFile(path: path), file.count <= largest else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(Value.self, from: Data(file.bytes))
  }

  /// Keeps `value` in the place of an older one.
  public func write(_ value: Value) throws(StorageError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(value) else {
      throw .malformed(path: path, detail: "it cannot be written as JSON")
    }
    try makeFolders(parentFolder(of: path))
    try replaceFile(path, with: Array(data))
  }
}
