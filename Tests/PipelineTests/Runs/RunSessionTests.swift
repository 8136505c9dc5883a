import Atlases
import Foundation
import Networks
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

struct RunSessionTests {
  private let example = TestEngine.packageRoot + "/Examples/shapes"

  /// A folder with copies of the example's model.
  private func withCopies<Result>(
    _ names: [String], _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in names {
      try FileManager.default.copyItem(
        atPath: example + "/model.onnx", toPath: "\(folder)/\(name)")
    }
    return try body(folder)
  }

  @Test func `weights are measured without an engine`() throws {
    try withCopies(["epoch_1.onnx", "epoch_2.onnx"]) { folder in
      let run = try RunSession(request: RunRequest(paths: [folder])).run()
      #expect(run.checkpoints.map(\.label) == ["1", "2"])
      #expect(run.layers.count > 2)
      for layer in run.layers.indices {
        #expect(run.value(.change, layer: layer, checkpoint: 0) == nil)
        #expect(run.value(.change, layer: layer, checkpoint: 1) == 0)
        #expect(try #require(run.value(.norm, layer: layer, checkpoint: 0)) > 0)
      }
    }
  }

  @Test func `an unreadable checkpoint is a column with a reason`() throws {
    try withCopies(["epoch_1.onnx", "epoch_3.onnx"]) { folder in
      try Data("half".utf8).write(to: URL(filePath: folder + "/epoch_2.onnx"))
      let run = try RunSession(request: RunRequest(paths: [folder])).run()
      #expect(run.checkpoints.map { $0.problem == nil } == [true, false, true])
      #expect(run.notes.contains { $0.hasPrefix("epoch_2.onnx") })
      #expect(run.value(.change, layer: 0, checkpoint: 2) == nil)
    }
  }

  @Test func `a folder without checkpoints is told`() throws {
    try withCopies([]) { folder in
      let session = RunSession(request: RunRequest(paths: [folder]))
      #expect(throws: RunError.self) { _ = try session.run() }
      return
    }
  }

  /// More images than the search runs before one way leads: its checkpoint's column is begun by it.
  @Test(
    .enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"),
    arguments: [20, 70])
  func `the same images run at every checkpoint`(count: Int) throws {
    try withCopies(["epoch_1.onnx", "epoch_2.onnx"]) { folder in
      var images = AnalysisRequest(modelPath: "", dataPath: example + "/images")
      images.limit = count
      images.usesCache = false
      let updates = Mutex(0)
      let session = RunSession(request: RunRequest(paths: [folder], images: images))
      let run = try session.run { event in
        if case .updated = event { updates.withLock { $0 += 1 } }
      }
      #expect(updates.withLock { $0 } == 3)
      #expect(run.accuracy[0] == run.accuracy[1])
      #expect(try #require(run.accuracy[0]).labeledCount == count)
      for layer in run.layers.indices {
        let first = try #require(run.activations[run.place(layer: layer, checkpoint: 0)])
        #expect(first == run.activations[run.place(layer: layer, checkpoint: 1)])
        #expect(first.imageCount == count)
        #expect(first.neuronMeans.count == run.layers[layer].neuronCount)
      }
    }
  }

  @Test func `a cancelled session ends with what it has`() throws {
    try withCopies(["epoch_1.onnx"]) { folder in
      let session = RunSession(request: RunRequest(paths: [folder]))
      session.cancel()
      let run = try session.run()
      #expect(run.checkpoints.count == 1)
    }
  }
}
