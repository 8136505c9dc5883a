import Atlases
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Pipeline

/// A run that is watched while files come.
private final class WatchedRun: Sendable {
  let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
  let session: RunSession
  private let events = Mutex<[RunEvent]>([])
  private let ended = DispatchSemaphore(value: 0)

  static let model = TestEngine.packageRoot + "/Examples/shapes/model.onnx"

  init(_ names: [String], images: AnalysisRequest? = nil) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(atPath: Self.model, toPath: "\(folder)/\(name)")
    }
    session = RunSession(request: RunRequest(paths: [folder], images: images))
    DispatchQueue(label: "watched").async { [self] in
      try? session.watch { event in self.events.withLock { $0.append(event) } }
      ended.signal()
    }
  }

  /// Cancels, and waits for the end.
  func end() {
    session.cancel()
    ended.wait()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Waits until an event is as wanted.
  func wait<Value>(_ wish: String, _ find: (RunEvent) -> Value?) throws -> Value {
    for _ in 0..<2000 {
      let told = events.withLock { $0 }
      if let found = told.lazy.compactMap(find).first { return found }
      Thread.sleep(forTimeInterval: 0.005)
    }
    Issue.record("waited in vain for \(wish)")
    throw CancellationError()
  }

  func run(labels: [String]) throws -> TrainingRun {
    try wait("checkpoints \(labels)") {
      if case .updated(let run) = $0, run.checkpoints.map(\.label) == labels { run } else { nil }
    }
  }
}

struct RunWatchTests {
  private let bytes: Data

  init() throws { bytes = try Data(contentsOf: URL(filePath: WatchedRun.model)) }

  @Test func `a half-written checkpoint appears once it is whole, in its place`() throws {
    let watched = try WatchedRun(["epoch_1.onnx", "epoch_3.onnx"])
    defer { watched.end() }
    _ = try watched.run(labels: ["1", "3"])
    _ = try watched.wait("watching") { if case .watching = $0 { true } else { nil } }
    let path = watched.folder + "/epoch_2.onnx"
    try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
    let writing = try watched.wait("a half-written file") {
      if case .watching(let how) = $0, !how.writing.isEmpty { how.writing } else { nil }
    }
    #expect(writing == ["epoch_2.onnx"])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: bytes.dropFirst(bytes.count / 2))
    try file.close()
    _ = try watched.run(labels: ["1", "2", "3"])
    // Columns come first, what was measured follows.
    let run = try watched.wait("changes of every checkpoint") { event -> TrainingRun? in
      guard case .updated(let run) = event, run.checkpoints.count == 3 else { return nil }
      let isMeasured = run.layers.indices.allSatisfy { layer in
        [1, 2].allSatisfy { run.value(.change, layer: layer, checkpoint: $0) != nil }
      }
      return isMeasured ? run : nil
    }
    #expect(run.checkpoints.allSatisfy { $0.problem == nil })
    for layer in run.layers.indices {
      #expect(run.value(.change, layer: layer, checkpoint: 1) == 0)
      #expect(run.value(.change, layer: layer, checkpoint: 2) == 0)
    }
  }

  @Test func `a checkpoint renamed into place is taken at once`() throws {
    let watched = try WatchedRun(["epoch_1.onnx"])
    defer { watched.end() }
    _ = try watched.wait("watching") { if case .watching = $0 { true } else { nil } }
    let temporary = watched.folder + "/.epoch_2.part"
    try bytes.write(to: URL(filePath: temporary))
    try FileManager.default.moveItem(
      atPath: temporary, toPath: watched.folder + "/epoch_2.onnx")
    _ = try watched.run(labels: ["1", "2"])
  }

  @Test func `a deleted checkpoint keeps its column, a new log is read`() throws {
    let watched = try WatchedRun(["epoch_1.onnx", "epoch_2.onnx"])
    defer { watched.end() }
    _ = try watched.wait("watching") { if case .watching = $0 { true } else { nil } }
    try FileManager.default.removeItem(atPath: watched.folder + "/epoch_1.onnx")
    try Data("epoch,loss\n1,0.5\n2,0.25\n".utf8).write(
      to: URL(filePath: watched.folder + "/log.csv"))
    let logged = try watched.wait("the log") { event -> TrainingRun? in
      if case .updated(let run) = event, run.logged.last??["loss"] == 0.25 { run } else { nil }
    }
    #expect(logged.checkpoints.map(\.label) == ["1", "2"])
    #expect(logged.logged.first??["loss"] == 0.5)
    #expect(logged.value(.norm, layer: 0, checkpoint: 0) != nil)
  }

  @Test(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
  func `images run at checkpoints that come, those of others stay`() throws {
    var images = AnalysisRequest(
      modelPath: "", dataPath: TestEngine.packageRoot + "/Examples/shapes/images")
    images.limit = 12
    images.usesCache = false
    images.preprocessing = "imagenet"
    let watched = try WatchedRun(["epoch_1.onnx"], images: images)
    defer { watched.end() }
    let first = try watched.wait("images") { event -> TrainingRun? in
      if case .updated(let run) = event, run.accuracy[0] != nil { run } else { nil }
    }
    try bytes.write(to: URL(filePath: watched.folder + "/epoch_2.onnx"), options: .atomic)
    let second = try watched.wait("images of the second") { event -> TrainingRun? in
      if case .updated(let run) = event, run.checkpoints.count == 2, run.accuracy[1] != nil {
        run
      } else {
        nil
      }
    }
    #expect(second.accuracy[0] == first.accuracy[0])
    #expect(second.activations[second.place(layer: 0, checkpoint: 0)] == first.activations[0])
    #expect(second.activations[second.place(layer: 0, checkpoint: 1)] != nil)
    watched.session.open("epoch_2.onnx")
    let atlas = try watched.wait("the atlas") { event -> Atlas? in
      if case .opened("epoch_2.onnx", let atlas) = event { atlas } else { nil }
    }
    #expect(atlas.provenance.analyzedImageCount == 12)
    #expect(atlas.layers.allSatisfy { $0.clustering != nil })
    watched.session.open("gone.onnx")
    let reason = try watched.wait("a reason") { event -> String? in
      if case .unavailable("gone.onnx", let reason) = event { reason } else { nil }
    }
    #expect(reason.contains("not in the run"))
  }
}
