import Foundation
import Networks
import Pipeline
import Storage
import Testing

private let choice = PreprocessingChoice(
  chosen: PreprocessingTrial(
    preprocessing: Preprocessing(
      height: 227, width: 227, colorOrder: .bgr, layout: .nchw, scale: 1,
      mean: [104, 117, 123], standardDeviation: [1, 1, 1], resize: .stretch,
      backgroundOffset: 1),
    name: "Caffe mean, BGR", top1: 0.5, imageCount: 100),
  evidence: .verified, runnersUp: [], reason: "best of 20")

@Suite struct PreprocessingSidecarTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/sidecar-\(UUID())"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func `what is written is read back as given`() throws {
    let model = folder + "/a.b/net.v2.onnx"
    try FileManager.default.createDirectory(
      atPath: folder + "/a.b", withIntermediateDirectories: true)
    #expect(try PreprocessingSidecar.read(besideModel: model) == nil)
    let path = try PreprocessingSidecar(choice).write(besideModel: model)
    #expect(path == folder + "/a.b/net.v2.preprocess.json")
    let read = try #require(try PreprocessingSidecar.read(besideModel: model))
    #expect(read.chosen.preprocessing == choice.chosen.preprocessing)
    #expect(read.evidence == .read && read.chosen.name == "Caffe mean, BGR")
    #expect(read.reason.contains("verified"))
    #expect(PreprocessingSidecar.path(besideModel: "x.y/net") == "x.y/net.preprocess.json")
  }

  @Test func `foreign, old and broken sidecars are one sentence`() throws {
    let path = folder + "/net.preprocess.json"
    let good = try PreprocessingSidecar(choice).write(besideModel: folder + "/net.onnx")
    let text = try String(contentsOfFile: good, encoding: .utf8)
    let bad = [
      "", "{", "[]", "null", #"{"size": 32, "mean": [0.5]}"#,
      text.replacing("\"version\" : 1", with: "\"version\" : 7"),
      text.replacing("size=227", with: "size=-1"), text.replacing("size=227,", with: ""),
      text.replacing("verified", with: "guessed"), String(text.prefix(60)),
      String(repeating: "[", count: 5000),
    ]
    for content in bad {
      #expect(content != text)
      try content.write(toFile: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: PreprocessingError.self, "\(content.prefix(80))") {
        try PreprocessingSidecar.read(besideModel: folder + "/net.onnx")
      }
      #expect(error?.description.contains("net.preprocess.json") == true)
    }
  }

  @Test func `a folder that cannot be written is an error`() {
    #expect(throws: StorageError.self) {
      try PreprocessingSidecar(choice).write(besideModel: "/nowhere/net.onnx")
    }
  }
}
