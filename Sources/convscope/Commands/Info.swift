import ArgumentParser
import ModelFiles

/// What is in a model file or checkpoint; needs neither data nor the engine.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print layers, shapes, parameters and weight statistics of a model.",
    discussion: """
      Reads the file only: no data, no engine. A checkpoint (PyTorch, safetensors, NumPy) shows
      its tensors; nothing in it is executed.

      convscope info model.onnx
      convscope info checkpoint.pth
      convscope info checkpoint.pth --graph model.onnx
      """)

  @Argument(
    help: ArgumentHelp("ONNX file or checkpoint.", valueName: "model"), completion: .file())
  var model: String

  @OptionGroup var weights: GraphOption

  @Flag(help: "As JSON, with the layers and edges.")
  var json = false

  @Flag(help: "Names and shapes alone: reads no weight, for files of gigabytes.")
  var noStatistics = false

  func run() throws {
    let path = try InputPath.file(model)
    let isCheckpoint = weights.graph != nil || Checkpoint.looksLikeCheckpoint(path: path)
    let text = isCheckpoint ? try checkpointText(path) : try modelText(path)
    try Standard.print(text.hasSuffix("\n") ? text : text + "\n")
  }

  private func modelText(_ path: String) throws -> String {
    let report = ModelReport(
      try about(path) { try ModelFile(path: path) }, withWeights: !noStatistics)
    return json ? try report.json() : report.infoText(width: Standard.output.lineWidth)
  }

  private func checkpointText(_ path: String) throws -> String {
    let binding = try weights.binding(of: path)
    let checkpoint = try binding?.checkpoint ?? about(path) { try Checkpoint(path: path) }
    let report = CheckpointReport(
      checkpoint, binding: binding, withWeights: !noStatistics)
    return json ? try report.json() : report.infoText(width: Standard.output.lineWidth)
  }
}
