import Foundation
import Testing

/// `convscope run`, and what `info` and `show` say of checkpoints.
struct RunTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for epoch in 1...2 { _ = try folder.write("epoch_\(epoch).onnx", Example.modelBytes()) }
  }

  private var path: String { folder.file("") }

  private func corpus(_ name: String) -> String {
    var url = URL(filePath: #filePath)
    for _ in 0..<2 { url.deleteLastPathComponent() }
    return url.appending(path: "Corpus/\(name)").path
  }

  @Test func `scripts get every measure`() throws {
    let result = try convscope("run", path, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try JSONLine.object(result.output)
    #expect(report["view"] as? String == "run")
    let tables = try #require(report["tables"] as? [[String: Any]])
    let names = tables.compactMap { $0["name"] as? String }
    #expect(names.first == "checkpoints")
    #expect(names.contains { $0.contains("weight norm") })
  }

  @Test func `a run that a signal ended is not printed as if it were whole`() throws {
    let arguments = [
      "run", path, "--data", Example.images, "--preprocess", "imagenet", "--no-cache", "--json",
    ]
    let whole = try runCommand(Program.path, arguments)
    #expect(whole.status == 0, "\(whole.errors)")
    for wait: UInt32 in [0, 20_000, 100_000, 200_000] {
      let stopped = try runCommand(Program.path, arguments) { process, _ in
        usleep(wait)
        kill(process, SIGTERM)
      }
      if stopped.status == 0 {
        #expect(stopped.output == whole.output)
      } else {
        #expect(stopped.status == 128 + SIGTERM)
        #expect(stopped.output.isEmpty)
      }
    }
  }

  @Test func `images run at every checkpoint`() throws {
    let result = try convscope(
      "run", path, "--data", Example.images, "--limit", "20", "--preprocess", "imagenet",
      "--no-cache", "--format", "words")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("dead neurons"), "\(result.output)")
    #expect(result.output.contains("accuracy"))
  }

  @Test func `show prints the screen of a folder`() throws {
    let result = try convscope("show", path, "run", "norm", "--size", "80x24", "--format", "text")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("weight norm"), "\(result.output)")
    expectComplaint(try convscope("show", path, "run", "nonsense"), status: 2, naming: "nonsense")
  }

  @Test func `a checkpoint shows its tensors`() throws {
    let result = try convscope("info", corpus("Checkpoints/lightning.ckpt"))
    #expect(result.status == 0, "\(result.errors)")
    for part in ["conv1: 4 kernels of 3×3×3", "running_mean", "epoch 7"] {
      #expect(result.output.contains(part), "\(result.output)")
    }
  }

  @Test func `a checkpoint alone opens as weights`() throws {
    let path = corpus("Checkpoints/lightning.ckpt")
    let network = try convscope("show", path, "network", "--size", "80x24", "--format", "text")
    #expect(network.status == 0, "\(network.errors)")
    #expect(network.output.contains("conv1"), "\(network.output)")
    let neuron = try convscope("show", path, "neuron", "conv1:2", "--size", "80x24")
    #expect(neuron.status == 0 && neuron.output.contains("conv1:2"), "\(neuron.output)")
    let checked = try convscope("check", corpus("Hostile/nan.pt"))
    #expect(checked.status == 0 || checked.status == 1, "\(checked.errors)")
  }

  @Test func `without statistics only names and shapes are read`() throws {
    let path = corpus("Checkpoints/lightning.ckpt")
    let result = try convscope("info", path, "--no-statistics")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("conv1: 4 kernels of 3×3×3"), "\(result.output)")
    // The heading stays.
    #expect(result.output.count { $0 == "±" } == 1, "\(result.output)")
    let model = try convscope("info", Example.model, "--no-statistics")
    #expect(model.status == 0 && model.output.count { $0 == "±" } <= 1, "\(model.output)")
  }

  @Test func `a hostile checkpoint gets one sentence`() throws {
    expectComplaint(try convscope("info", corpus("Hostile/runs_code.pt")), naming: "runs_code.pt")
    #expect(!FileManager.default.fileExists(atPath: "convscope-was-fooled"))
  }

  @Test func `a graph of another network is refused with what did not fit`() throws {
    expectComplaint(
      try convscope(
        "info", corpus("Checkpoints/lightning.ckpt"), "--graph", Example.model),
      naming: "does not fit", "stem.conv")
  }

  @Test func `a folder without checkpoints is told`() throws {
    let empty = try TemporaryFolder()
    expectComplaint(try convscope("run", empty.file("")), naming: "no checkpoints")
  }
}
