import Foundation
import Networks
import TestSupport
import Tensors
import Testing

@testable import ModelFiles

@Suite struct ModelFileTests {
  @Test func `a small network is read whole`() throws {
    var model = OnnxBuilder.small()
    model.metadata = [("names", "{0: 'cat'}")]
    let file = try model.open()
    let network = file.network
    #expect(network.layers.map(\.name) == ["stem", "left", "right", "fc"])
    #expect(network.layer("stem")?.hasBatchNormalization == true)
    #expect(network.layer("stem")?.outputTensor == "c")
    #expect(network.layer("fc")?.outputShape?.description == "batch×5")
    #expect(network.parameterCount == 108 + 16 + 72 + 8 + 320)
    #expect(file.analysisInput.image?.channelCount == 3)
    #expect(file.analysisInput.output?.classCount == 5)
    #expect(file.metadata == [MetadataEntry(key: "names", value: "{0: 'cat'}")])
  }

  @Test func `a repeated graph is merged`() throws {
    let whole = OnnxBuilder.small().bytes
    var extra = WireWriter()
    extra.message(7) { graph in
      graph.message(12) { $0.text(1, "e") }
    }
    let folder = try TemporaryFolder()
    let file = try ModelFile(path: folder.write("model.onnx", whole + extra.bytes))
    #expect(file.network.outputs.map(\.name) == ["scores", "e"])
    #expect(file.network.layers.count == 4)
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
    ("<!DOCTYPE html><html>", "web page"),
    ("layer1 conv 3x3\n", "text file"),
    ("PK\u{3}\u{4}..........archive/data.pkl", "PyTorch checkpoint"),
    ("\u{1}\u{0}\u{0}\u{0}TFL3", "TensorFlow Lite"),
  ])
  func `files of another kind are named`(content: String, kind: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("model.onnx", Array(content.utf8))
    let error = #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
    #expect(error?.description.contains(kind) == true)
    #expect(error?.description.contains("; ") == true)
  }

  @Test func `binary files of another kind are named`() throws {
    let folder = try TemporaryFolder()
    let header = Array("{\"a\":{}}".utf8)
    let contents: [(bytes: [UInt8], kind: String)] = [
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], "HDF5"),
      ([0x80, 0x02, 0x8A, 0x0A], "pickle"),
      (littleEndian(UInt64(header.count)) + header, "safetensors"),
      ([0x1F, 0x8B, 0x08, 0x00], "gzip"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D], "image"),
    ]
    for content in contents {
      let path = try folder.write("model.onnx", content.bytes)
      let error = #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
      #expect(error?.description.contains(content.kind) == true)
    }
  }

  @Test func `missing, empty and folder each get a sentence`() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path + "/none.onnx"
    #expect(throws: ModelFileError.notFound(path: missing)) { try ModelFile(path: missing) }
    let empty = try folder.write("empty.onnx", [])
    #expect(throws: ModelFileError.empty(path: empty)) { try ModelFile(path: empty) }
    let error = #expect(throws: ModelFileError.self) { try ModelFile(path: folder.path) }
    #expect(error?.description.contains("folder") == true)
  }

  @Test func `names that could harm a terminal are cleaned`() throws {
    var model = OnnxBuilder()
    model.input("image\u{1B}[2J", ["n", 3, 4, 4])
    model.weight("evil\u{1B}]0;x\u{7}\u{202E}.weight", [2, 3, 1, 1], [1, 2, 3, 4, 5, 6])
    model.node("Conv", ["image\u{1B}[2J", "evil\u{1B}]0;x\u{7}\u{202E}.weight"], ["y"])
    model.output("y")
    let network = try model.open().network
    let unsafe = network.layers.map(\.name) + network.inputs.map(\.name)
    #expect(unsafe == ["evil]0;x", "image[2J"])
  }

  @Test func `operators that wait for one another are refused`() throws {
    var model = OnnxBuilder()
    model.input("x", [1, 2])
    model.node("Add", ["x", "b"], ["a"])
    model.node("Relu", ["a"], ["b"])
    model.output("b")
    #expect(throws: ModelFileError.self) { try model.open() }
  }

  @Test func `operators in any order give the same network`() throws {
    var model = OnnxBuilder()
    model.input("x", ["n", 3, 8, 8])
    model.node("Relu", ["b"], ["y"])
    model.convolution("second", from: "a", to: "b", 4, 4)
    model.convolution("first", from: "x", to: "a", 3, 4)
    model.output("y")
    let network = try model.open().network
    #expect(network.layers.map(\.name) == ["first", "second"])
    #expect(network.edge("first", "second") != nil)
  }
}
