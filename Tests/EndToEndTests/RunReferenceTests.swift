import Foundation
import TestSupport
import Testing

/// Where the checkpoints of a run lie.
private func runFolder(_ name: String) -> String { SharedData.path("runs/\(name)") }

/// Real training runs, one of which died, against onnxruntime (`Tests/Fixtures/make_run_reference.py`)
/// and against the counts over 10,000 images that lie beside the checkpoints.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: runFolder("basecnn_cifar10_dead")),
    "no shared data"))
struct RunReferenceTests {
  private struct Reference: Decodable {
    var perClass: Int
    /// Run, file, then neurons that never fire in order of depth.
    var dead: [String: [String: [Int]]]
  }

  private let reference: Reference
  private let images: TemporaryFolder

  init() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/run_reference.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: path))
    images = try TemporaryFolder()
    let source = SharedData.path("datasets/cifar10_png")
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: source) {
      let pictures = try files.contentsOfDirectory(atPath: "\(source)/\(name)").sorted()
      for picture in pictures.prefix(reference.perClass) {
        let bytes = try Data(contentsOf: URL(filePath: "\(source)/\(name)/\(picture)"))
        try images.write("\(name)/\(picture)", Array(bytes))
      }
    }
  }

  private func report(_ run: String, _ checkpoints: [String]) throws -> [[String: Any]] {
    let paths = checkpoints.map { "\(runFolder(run))/\($0)" }
    let result = try runCommand(
      Program.path,
      ["run"] + paths + [
        "--data", images.path, "--preprocess", "cifar10", "--no-cache", "--json",
      ])
    #expect(result.status == 0, "\(result.errors)")
    return try #require(JSONLine.object(result.output)["tables"] as? [[String: Any]])
  }

  private func rows(_ name: String, _ tables: [[String: Any]]) throws -> [[Any]] {
    try #require(tables.first { $0["name"] as? String == name }?["rows"] as? [[Any]])
  }

  /// Dead neurons of the hidden layers at a checkpoint.
  private func dead(_ tables: [[String: Any]], column: Int) throws -> [Int] {
    try rows("dead neurons", tables).dropLast().map { row in
      try #require(row[column + 2] as? Int)
    }
  }

  /// Counts over 10,000 images: who never fires on those does not on fewer.
  private func leastDead(_ run: String, epoch: Int) throws -> [Int] {
    let bytes = try Data(contentsOf: URL(filePath: runFolder(run) + "/dead_units.json"))
    let whole = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    let counts = (whole?["dead_per_layer"] as? [String: [String: Int]])?["\(epoch)"]
    // `relu1_1` to `relu4_3`, then `relu_fc1`: by name is by depth.
    return try #require(counts).sorted { $0.key < $1.key }.map(\.value)
  }

  @Test func `training that died is told, with the counts of others`() throws {
    let run = "basecnn_cifar10_dead"
    let tables = try report(run, ["epoch_05.onnx", "epoch_06.onnx"])
    for (column, epoch) in [5, 6].enumerated() {
      let found = try dead(tables, column: column)
      #expect(found == reference.dead[run]?["epoch_0\(epoch).onnx"])
      #expect(zip(found, try leastDead(run, epoch: epoch)).allSatisfy { $0 >= $1 })
    }
    let finding = try #require(try rows("findings", tables).first)
    #expect(finding[0] as? String == "training-died/6" && finding[1] as? String == "error")
    #expect(finding[2] as? String == "features.conv1_2")
    let sentence = try #require(finding[4] as? String)
    let counts = try (0...1).map { try dead(tables, column: $0) }
    #expect(
      sentence.hasPrefix(
        "Training died between checkpoints 5 and 6: features.conv1_2 went first, \(counts[1][1]) "
          + "of its 32 neurons are dead on 20 images; over all hidden layers "
          + "\(counts[0].reduce(0, +)) became \(counts[1].reduce(0, +)) of 768"))
  }

  @Test func `a healthy run says nothing of death`() throws {
    let run = "basecnn_cifar10"
    let tables = try report(run, ["epoch_11.onnx", "epoch_12.onnx"])
    for (column, epoch) in [11, 12].enumerated() {
      #expect(try dead(tables, column: column) == reference.dead[run]?["epoch_\(epoch).onnx"])
    }
    let findings = try rows("findings", tables)
    #expect(!findings.contains { ($0[0] as? String ?? "").hasPrefix("training-died") })
  }
}
