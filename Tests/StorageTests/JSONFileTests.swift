import Foundation
import Storage
import Testing

@Suite struct JSONFileTests {
  private struct Note: Codable, Equatable {
    var words: [String]
    var number: Double
  }

  private let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)/below"

  private var file: JSONFile<Note> { JSONFile(path: "\(folder)/note.json", largest: 100) }

  private func removeAll() {
    try? FileManager.default.removeItem(atPath: String(folder.dropLast("/below".count)))
  }

  @Test(arguments: [1.5, .infinity, -.infinity])
  func `what is kept is read back, the newest only`(number: Double) throws {
    defer { removeAll() }
    #expect(file.read() == nil)
    try file.write(Note(words: ["old"], number: 0))
    let note = Note(words: ["nêw", "\n"], number: number)
    try file.write(note)
    #expect(file.read() == note)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["note.json"])
  }

  @Test func `what is damaged or too large counts as nothing`() throws {
    defer { removeAll() }
    try file.write(Note(words: ["good"], number: 1))
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: file.path)))
    for count in 0..<bytes.count {
      try replaceFile(file.path, with: Array(bytes[..<count]))
      #expect(file.read() == nil)
    }
    try replaceFile(file.path, with: bytes + Array(repeating: UInt8(ascii: " "), count: 100))
    #expect(file.read() == nil)
  }

  @Test func `a folder that cannot be made is told`() throws {
    defer { removeAll() }
    try file.write(Note(words: [], number: 1))
    let inside = JSONFile<Note>(path: "\(file.path)/inside/note.json", largest: 100)
    #expect(throws: StorageError.self) { try inside.write(Note(words: [], number: 1)) }
    #expect(file.read() != nil)
  }
}
