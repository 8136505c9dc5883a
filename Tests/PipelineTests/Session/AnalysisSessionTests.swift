import Analysis
import AtlasFiles
import Atlases
import Foundation
import Networks
import Synchronization
import Testing

@testable import Pipeline

@Suite(.enabled(if: TestEngine.isPresent, "no inference engine; make setup fetches one"))
struct AnalysisSessionTests {
  private let folder = NSTemporaryDirectory() + "convscope-\(UUID().uuidString)"
  private let example = TestEngine.packageRoot + "/Examples/shapes"

  private func request(limit: Int? = nil, output: String) -> AnalysisRequest {
    var request = AnalysisRequest(
      modelPath: example + "/model.onnx", dataPath: example + "/images")
    request.usesCache = false
    request.wantsRefreshes = false
    request.limit = limit
    request.outputPath = folder + "/" + output
    return request
  }

  private func run(_ request: AnalysisRequest) throws -> AnalysisOutcome {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    return try TestEngine.outcome(of: request)
  }

  @Test func `the example is analysed with the preprocessing it was trained with`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let outcome = try run(request(output: "whole.atlas"))
    let atlas = outcome.atlas
    #expect(outcome.isComplete)
    #expect(atlas.provenance.analyzedImageCount == 400)
    #expect(try #require(atlas.classification?.top1) >= 0.98)
    let choice = try #require(atlas.provenance.preprocessing)
    #expect([.verified, .inferred].contains(choice.evidence))
    #expect(choice.chosen.preprocessing.colorOrder == .rgb)
    #expect(abs(choice.chosen.preprocessing.mean[0] - 0.485) < 0.02)
    #expect(atlas.layers.allSatisfy { $0.clustering != nil && $0.rowOrder != nil })
    #expect(atlas.layers.dropFirst().contains { !$0.connections.isEmpty })
    let file = try AtlasFile(path: try #require(outcome.path))
    #expect(file.atlas == atlas)
    #expect(!file.keptImages.isEmpty)
  }

  @Test(arguments: 0..<8)
  func `it ends while an atlas of the images so far is being built`(round: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var watched = request(limit: 40 + 5 * round, output: "watched.atlas")
    watched.preprocessing = "imagenet"
    var plain = watched
    watched.wantsRefreshes = true
    plain.outputPath = folder + "/plain.atlas"
    #expect(try run(watched).atlas == run(plain).atlas)
  }

  @Test(arguments: [1, 3])
  func `what the search ran is in the atlas as if it had run later`(threads: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var given = request(limit: 150, output: "given.atlas")
    given.preprocessing = "imagenet"
    var searched = request(limit: 150, output: "searched.atlas")
    searched.threadCount = threads
    let inputs = try SessionInputs(
      searched, model: openModel(searched.modelPath), isAnalyzing: true, stop: SearchStop()
    ) { _ in }
    let begun = try #require(inputs.takeBegun())
    #expect(begun.visitedCount >= 24 && inputs.takeBegun() == nil)
    let (a, b) = (try run(given).atlas, try run(searched).atlas)
    #expect(
      b.provenance.preprocessing?.chosen.preprocessing
        == a.provenance.preprocessing?.chosen.preprocessing)
    #expect(a.layers == b.layers)
    #expect(a.classification == b.classification)
    #expect(b.provenance.analyzedImageCount == 150)
  }

  @Test(arguments: [1, 3, 6])
  func `a stop in the search ends it, and leaves nothing behind`(after: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let session = AnalysisSession(request: request(output: "part.atlas"))
    let steps = Mutex(0)
    #expect {
      try session.run { event in
        switch event {
        case .phase(let text) where text.hasPrefix("looking"):
          let step = steps.withLock { count in
            count += 1
            return count
          }
          if step == after { session.cancel() }
        case .progress, .finished: Issue.record("nothing was decided")
        default: break
        }
      }
    } throws: { error in
      if case SessionError.cancelled = error { true } else { false }
    }
    #expect(steps.withLock { $0 } == after)
    #expect(!FileManager.default.fileExists(atPath: folder + "/part.atlas"))
  }

  @Test func `where no image can run there are weights to look at, if anyone looks`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for isLookedAt in [true, false] {
      var request = AnalysisRequest(modelPath: example + "/model.onnx", dataPath: folder)
      request.wantsRefreshes = isLookedAt
      let shown = Mutex<Atlas?>(nil)
      #expect(throws: SessionError.self) {
        try AnalysisSession(request: request).run { event in
          if case .refreshed(let atlas) = event { shown.withLock { $0 = atlas } }
        }
      }
      let layers = shown.withLock { $0 }?.layers ?? []
      #expect(layers.isEmpty != isLookedAt)
      #expect(layers.allSatisfy { $0.kernel != nil && $0.weightStatistics != nil })
    }
  }

  @Test func `shards merge into the whole, bit for bit`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let whole = try run(request(limit: 60, output: "whole.atlas")).atlas
    for index in 1...2 {
      var part = request(limit: 60, output: "part\(index).atlas")
      part.shardIndex = index
      part.shardCount = 2
      part.preprocessing = "imagenet"
      _ = try run(part)
    }
    let merged = try merging(of: 2).write(to: folder + "/merged.atlas")
    #expect(merged.layers.map(\.statistics) == whole.layers.map(\.statistics))
    #expect(merged.layers.map(\.similarity) == whole.layers.map(\.similarity))
    #expect(merged.classification == whole.classification)
    try leaveOut(layer: 1, of: "part2.atlas")
    let lacking = try merging(of: 2).write(to: folder + "/lacking.atlas")
    #expect(lacking.layersLeftOut == [LayerID(1)])
    #expect(lacking.layers[2].statistics == whole.layers[2].statistics)
    #expect(throws: SessionError.self) {
      try AtlasMerging(paths: [folder + "/part1.atlas", folder + "/part1.atlas"])
        .write(to: folder + "/twice.atlas")
    }
  }

  private func merging(of count: Int) throws -> AtlasMerging {
    try AtlasMerging(paths: (1...count).map { "\(folder)/part\($0).atlas" })
  }

  /// Writes an atlas anew, with nothing summed up of a layer.
  private func leaveOut(layer: Int, of name: String) throws {
    let file = try AtlasFile(path: "\(folder)/\(name)")
    var state = try #require(try file.resumeState())
    let summary = state.summaries[layer]
    state.summaries[layer] = ActivationSummary(
      neuronCount: summary.neuronCount, classCount: summary.classCount, range: summary.range)
    try AtlasWriter(file.atlas, resumeState: state, folder: folder).write(to: file.path)
  }
}
