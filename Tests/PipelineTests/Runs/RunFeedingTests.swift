import Analysis
import Atlases
import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

@testable import Pipeline

struct RunFeedingTests {
  private let example = TestEngine.packageRoot + "/Examples/shapes"

  private func file(_ name: String, step: Int?) -> RunFile {
    RunFile(path: name, modified: 0, step: step, byteCount: 0, fileNumber: 0)
  }

  private func log(_ text: String) throws -> RunLog {
    let folder = try PlantedFolder()
    try folder.write("log.csv", Array(text.utf8))
    return try #require(RunLog.find(inFolder: folder.path))
  }

  @Test func `the best accuracy comes first, that of test images before that of training`() throws {
    let files = (0..<5).map { (step: Int) in file("epoch_\(step)", step: step) }
    let log = try log(
      """
      epoch,train_acc,test_acc
      0,0.1,0.1
      1,0.5,0.6
      2,0.9,0.4
      3,0.8,nan
      """)
    #expect(
      likelyTrained(files, log).map(\.path)
        == ["epoch_1", "epoch_2", "epoch_0", "epoch_4", "epoch_3"])
  }

  @Test func `without a log the last, the middle and the first quarter come first`() {
    let files = (0..<8).map { (step: Int) in file("\(step)", step: step) }
    #expect(likelyTrained(files, nil).map(\.path) == ["7", "4", "2", "6", "5", "3", "1", "0"])
    #expect(likelyTrained([files[0]], nil).map(\.path) == ["0"])
    #expect(likelyTrained([], nil).isEmpty)
  }

  @Test func `names that differ in numbers only make a run`() {
    func isRun(_ names: String...) -> Bool {
      RunListing.isRun(names.map { file($0, step: $0.contains { $0.isNumber } ? 1 : nil) })
    }
    #expect(isRun("epoch_1.onnx", "epoch_12.onnx", "best.onnx"))
    #expect(isRun("e1-acc0.5.pt", "e2-acc0.75.pt"))
    #expect(!isRun("epoch_1.onnx", "model.onnx"))
    #expect(!isRun("resnet20.onnx", "vgg16.onnx"))
    #expect(!isRun("best.onnx", "last.onnx"))
  }

  /// Two checkpoints that are trained, then one that died in its first layer: alone it would tell nothing.
  @Test(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
  func `a run and an analysis of each of its checkpoints feed images alike`() throws {
    let folder = try PlantedFolder()
    let bytes = Array(try Data(contentsOf: URL(filePath: example + "/model.onnx")))
    try folder.write("epoch_1.onnx", bytes)
    try folder.write("epoch_2.onnx", bytes)
    try folder.write("epoch_3.onnx", try withoutFirstLayer(bytes))
    var images = AnalysisRequest(modelPath: "", dataPath: example + "/images")
    images.limit = 40
    images.usesCache = false
    let run = try RunSession(request: RunRequest(paths: [folder.path], images: images)).run()
    let choice = try #require(run.sample?.preprocessing)
    #expect(choice.evidence != .assumed && choice.checkpoint == "epoch_2.onnx")
    #expect(run.sample?.imageCount == 40)
    for (place, checkpoint) in run.checkpoints.enumerated() {
      images.modelPath = folder.path + "/" + checkpoint.fileName
      let atlas = try TestEngine.outcome(of: images).atlas
      #expect(atlas.provenance.preprocessing == choice)
      for layer in run.layers.indices {
        let dead = atlas.layers[layer].statistics?.health.count(where: \.isDead)
        let column = run.activations[run.place(layer: layer, checkpoint: place)]
        #expect(dead == column?.deadCount && dead != nil)
      }
      #expect(atlas.classification?.top1 == run.accuracy[place]?.top1)
    }
    let died = run.activations[run.place(layer: 0, checkpoint: 2)]
    #expect(died?.deadCount ?? 0 > 0)
  }

  @Test(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
  func `another network in the folder is neither asked nor run`() throws {
    let folder = try PlantedFolder()
    let other = TestEngine.packageRoot + "/Tests/Corpus/Graphs/residual.onnx"
    for (name, path) in [("net_1", example + "/model.onnx"), ("net_2", other)] {
      try folder.write("\(name).onnx", Array(try Data(contentsOf: URL(filePath: path))))
    }
    var images = AnalysisRequest(modelPath: "", dataPath: example + "/images")
    images.limit = 20
    images.usesCache = false
    let run = try RunSession(request: RunRequest(paths: [folder.path], images: images)).run()
    #expect(run.sample?.preprocessing.checkpoint == "net_1.onnx")
    #expect(run.accuracy[0] != nil && run.accuracy[1] == nil)
    #expect(run.notes.contains { $0.hasPrefix("net_2.onnx is of another network") })
  }

  @Test(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
  func `a file beside the model, or the request, says how images are fed`() throws {
    let folder = try PlantedFolder()
    let bytes = Array(try Data(contentsOf: URL(filePath: example + "/model.onnx")))
    for epoch in 1...2 { try folder.write("epoch_\(epoch).onnx", bytes) }
    var request = AnalysisRequest(
      modelPath: folder.path + "/epoch_1.onnx", dataPath: example + "/images")
    request.limit = 10
    request.usesCache = false
    request.preprocessing = "imagenet"
    let given = try #require(try TestEngine.outcome(of: request).atlas.provenance.preprocessing)
    #expect(given.evidence == .read && given.checkpoint == nil)
    request.preprocessing = nil
    try PreprocessingSidecar(given).write(besideModel: request.modelPath)
    // The one beside a checkpoint is that of all: nothing was said about the other.
    for epoch in 1...2 {
      request.modelPath = "\(folder.path)/epoch_\(epoch).onnx"
      let read = try #require(try TestEngine.outcome(of: request).atlas.provenance.preprocessing)
      #expect(read.evidence == .read && read.checkpoint == nil)
      #expect(read.chosen.preprocessing == given.chosen.preprocessing)
    }
  }

  /// The model with the kernels of its first layer at 0.
  private func withoutFirstLayer(_ bytes: [UInt8]) throws -> [UInt8] {
    let model = try ModelFile(path: example + "/model.onnx")
    let weights = try model.storedWeights(of: LayerID(0)).flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    var data = Data(bytes)
    let range = try #require(data.range(of: Data(weights)))
    data.replaceSubrange(range, with: Data(count: weights.count))
    return Array(data)
  }
}

/// A folder of its own, removed when it is let go.
private final class PlantedFolder {
  let path = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
  }
}
