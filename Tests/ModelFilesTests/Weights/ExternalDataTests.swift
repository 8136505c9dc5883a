import Foundation
import Networks
import Testing

@testable import ModelFiles

@Suite struct ExternalDataTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A model whose two weights lie in `location` from byte 4.
  private func open(_ location: String, offset: String = "4", length: String? = "8") throws
    -> ModelFile
  {
    var model = OnnxBuilder()
    model.input("x", ["n", 1, 4, 4])
    model.tensor("w", [2, 1, 1, 1], type: 1) { writer in
      let entries =
        [("location", location), ("offset", offset)] + (length.map { [("length", $0)] } ?? [])
      for (key, value) in entries {
        writer.message(13) {
          $0.text(1, key)
          $0.text(2, value)
        }
      }
      writer.int(14, 1)
    }
    model.node("Conv", ["x", "w"], ["y"])
    model.output("y")
    return try ModelFile(path: folder.write("model.onnx", model.bytes))
  }

  private func writeData() throws {
    let values: [Float] = [9, 1.5, -2]
    _ = try folder.write("weights.bin", values.flatMap { littleEndian($0.bitPattern) })
  }

  @Test func `weights beside the model are read`() throws {
    try writeData()
    let file = try open("weights.bin")
    #expect(try file.kernel(of: LayerID(0)).values == [1.5, -2])
    #expect(file.network.format.externalData)
    #expect(try open("./weights.bin", length: nil).kernel(of: LayerID(0)).values == [1.5, -2])
  }

  @Test func `a missing file is named`() throws {
    #expect(throws: ModelFileError.externalDataMissing(file: "weights.bin", tensor: "w")) {
      try open("weights.bin")
    }
  }

  @Test(arguments: ["/etc/passwd", "../weights.bin", "a/../../weights.bin", "", "..", "a\\b"])
  func `places outside the folder are never opened`(location: String) throws {
    #expect(throws: ModelFileError.externalDataOutside(location: location, tensor: "w")) {
      try open(location)
    }
  }

  @Test func `a link that leads outside is not followed`() throws {
    let other = try TemporaryFolder()
    let target = try other.write("secret.bin", Array(repeating: 0, count: 64))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/weights.bin", withDestinationPath: target)
    #expect(throws: ModelFileError.externalDataOutside(location: "weights.bin", tensor: "w")) {
      try open("weights.bin")
    }
  }

  @Test(arguments: [("4", "12"), ("12", "8"), ("4", "4"), ("9223372036854775807", "8")])
  func `data that is too short is refused`(offset: String, length: String) throws {
    try writeData()
    #expect(throws: ModelFileError.self) {
      try open("weights.bin", offset: offset, length: length)
    }
  }

  @Test(arguments: ["-4", "four", "99999999999999999999"])
  func `an offset must be a number`(offset: String) throws {
    try writeData()
    #expect(throws: ModelFileError.self) { try open("weights.bin", offset: offset) }
  }
}
