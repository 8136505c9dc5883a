import ArgumentParser
import ModelFiles

/// What is in a model file; needs neither data nor the engine.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print layers, shapes, parameters and weight statistics of a model.",
    discussion: "Reads the file only: no data, no engine.")

  @Argument(help: ArgumentHelp("ONNX file.", valueName: "model"), completion: .file())
  var model: String

  @Flag(help: "As JSON, with the layers and edges.")
  var json = false

  func run() throws {
    let path = try InputPath.file(model)
    let report = ModelReport(try about(path) { try ModelFile(path: path) })
    let text = json ? try report.json() : report.infoText(width: Standard.output.lineWidth)
    Standard.output.write(text.hasSuffix("\n") ? text : text + "\n")
  }
}
