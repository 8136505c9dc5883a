import Foundation
import Testing
import TestSupport

/// Whatever is given as a model: one sentence that names it, exit status 1, no crash.
struct BadModelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All three ways of opening a model complain alike.
  private func expectRefused(
    _ path: String, naming words: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let name = URL(filePath: path).lastPathComponent
    for arguments in [
      ["info", path], ["show", path, "network"], [path], [path, "--data", Example.images],
      ["analyze", path, "--data", Example.images, "-o", folder.file("out.atlas"), "--no-cache"],
    ] {
      let result = try runCommand(Program.path, arguments)
      expectComplaint(result, naming: name, words, sourceLocation: sourceLocation)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("out.atlas")))
  }

  @Test func `a text file named like a model`() throws {
    try expectRefused(folder.write("notes.onnx", "This is no model.\nIt is text.\n"))
  }

  @Test func `an empty file`() throws {
    try expectRefused(folder.write("empty.onnx", [UInt8]()))
  }

  @Test func `random bytes`() throws {
    try expectRefused(folder.write("noise.onnx", (0..<4096).map { UInt8($0 * 7919 & 255) }))
  }

  @Test func `half a model`() throws {
    let bytes = try Example.modelBytes()
    try expectRefused(folder.write("half.onnx", Array(bytes.prefix(bytes.count / 2))))
  }

  @Test func `a folder where a model should be`() throws {
    try expectRefused(Example.folder, naming: "is a folder")
  }

  @Test func `a picture where a model should be`() throws {
    try expectRefused(folder.write("picture.onnx", Example.pictureBytes()))
  }

  @Test(.enabled(if: getuid() != 0)) func `a file that may not be read`() throws {
    let path = try folder.write("secret.onnx", Example.modelBytes())
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    try expectRefused(path, naming: "may not be read")
  }

  @Test func `a model with an unknown operator has a structure but does not run`() throws {
    let path = try folder.write("custom.onnx", TinyModel.unknownOperator())
    #expect(try convscope("info", path).status == 0)
    let result = try convscope(
      "analyze", path, "--data", Example.images, "-o", folder.file("a.atlas"), "--no-cache")
    expectComplaint(result, naming: "Frobnicate")
  }

  @Test func `a model with two inputs has a structure but does not run`() throws {
    let path = try folder.write("two.onnx", TinyModel.twoInputs())
    #expect(try convscope("info", path).status == 0)
    let result = try convscope(
      "analyze", path, "--data", Example.images, "-o", folder.file("a.atlas"), "--no-cache")
    expectComplaint(result, naming: "2 inputs")
  }

  /// Every odd file in the shared data ends in a structure or in one sentence.
  @Test(arguments: oddFiles) func `odd files end well`(path: String) throws {
    for arguments in [
      ["info", path, "--json"], ["show", path, "network"],
      [
        "analyze", path, "--data", Example.images, "--limit", "1", "--preprocess", "raw",
        "-o", folder.file("a.atlas"), "--no-cache",
      ],
    ] {
      let result = try runCommand(Program.path, arguments)
      if result.status != 0 { expectComplaint(result) }
    }
  }

  private static let oddFiles: [String] = {
    let root = SharedData.path("models/odd")
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".onnx") }.sorted().map { "\(root)/\($0)" }
  }()
}
