import FoundationEssentials

/// Reads JSON files.
enum LabInput {
  /// What the file at `path` holds.
  static func decode<Content: Decodable>(_ type: Content.Type, at path: String) throws -> Content {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw LabError("Cannot read \(path).")
    }
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch {
      throw LabError("\(path) is not the JSON expected; see --help for its form.")
    }
  }
}
