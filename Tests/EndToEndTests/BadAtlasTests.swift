import Foundation
import Testing

struct BadAtlasTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectRefused(_ path: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let name = URL(filePath: path).lastPathComponent
    for arguments in [["show", path, "network"], [path], ["merge", "-o", folder.file("m"), path]] {
      let result = try runCommand(Program.path, arguments)
      expectComplaint(result, naming: name, sourceLocation: sourceLocation)
    }
  }

  @Test func `a text file named like an atlas`() throws {
    try expectRefused(folder.write("notes.atlas", "This is no atlas."))
  }

  @Test func `an empty atlas`() throws {
    try expectRefused(folder.write("empty.atlas", [UInt8]()))
  }

  @Test func `a safetensors file of something else`() throws {
    let header = Array(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#.utf8)
    let length = (0..<8).map { UInt8($0 == 0 ? header.count : 0) }
    try expectRefused(folder.write("foreign.atlas", length + header + [0, 0, 0, 0]))
  }

  @Test(arguments: [0.3, 0.9, 0.999])
  func `a cut atlas`(share: Double) throws {
    let bytes = try Data(contentsOf: URL(filePath: Example.atlas()))
    let kept = Array(bytes.prefix(Int(Double(bytes.count) * share)))
    try expectRefused(folder.write("cut.atlas", kept))
  }

  @Test func `an atlas of another version`() throws {
    var bytes = Array(try Data(contentsOf: URL(filePath: Example.atlas())))
    let known = Array(#""version":"1""#.utf8)
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: known) })
    bytes[place + known.count - 2] = UInt8(ascii: "9")
    try expectRefused(folder.write("future.atlas", bytes))
  }
}
