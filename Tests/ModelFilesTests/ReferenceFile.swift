import Foundation

/// Decodes a JSON file of `Tests/Fixtures`.
func reference<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  let data = try Data(contentsOf: folder.appending(path: "Fixtures/\(name)"))
  return try JSONDecoder().decode(type, from: data)
}

/// A folder that lasts as long as `body`.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "convscope-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path(percentEncoded: false))
}

/// Writes a file below `folder`, making the folders on the way.
func plant(_ bytes: [UInt8], at path: String, in folder: String) throws {
  let file = URL(filePath: folder).appending(path: path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(bytes).write(to: file)
}

/// Writes a text file below `folder`.
func plant(_ text: String, at path: String, in folder: String) throws {
  try plant(Array(text.utf8), at: path, in: folder)
}
