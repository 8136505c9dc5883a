import ArgumentParser
import Atlases
import Explorer
import Pipeline

/// Switches neurons off and tells what that does to the classification.
struct Ablate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Switch neurons off and print which classes suffer.",
    discussion: """
      convscope ablate model.onnx --data val/ --neurons layer3.1.conv2:4,17-20
      convscope ablate model.onnx --data val/ --neurons conv1:B --mean --json
      convscope ablate model.onnx --data val/ --neurons conv1 --export-mask dead.json

      All neurons named are switched off together. The network runs from the first of their \
      layers on, once as it is and once without them, on the same images.
      """)

  @Argument(help: ArgumentHelp("ONNX file.", valueName: "model"), completion: .file())
  var model: String

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Neurons: layer:3, layer:1,4-9, the cluster layer:B, or all of a layer; a cluster needs an "
        + "analysis, which the cache keeps.", valueName: "address"))
  var neurons: [String]

  @Flag(help: "Put each neuron's mean over the images in place of its values, not zero.")
  var mean = false

  @Option(help: ArgumentHelp("Images to try it on, spread over the classes.", valueName: "n"))
  var images = AblationOptions.defaultImageLimit

  @Option(
    help: ArgumentHelp("Write the neurons as JSON, for pruning scripts.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var exportMask: String?

  @Flag(help: "The result as one line of JSON.")
  var json = false

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  func validate() throws {
    if dataOptions.data == nil {
      throw ValidationError("Trying it needs labelled images: name their folder with --data PATH")
    }
    if images < 1 {
      throw ValidationError("--images wants a number of images, 1 or more, not \(images)")
    }
  }

  func run() throws {
    if let exportMask { _ = try OutputPath.writable(exportMask, as: .json) }
    let request = try dataOptions.request(model: model, engine: engine)
    let chosen = try chosenNeurons(request)
    let session = try AblationSession(request: request)
    let signals = SignalWatch.ending(saying: "nothing was measured")
    defer { withExtendedLifetime(signals) {} }
    let watch = AblationStopwatch()
    let result = try session.whatIf(
      chosen, AblationOptions(replacement: mean ? .mean : .zero, imageLimit: images),
      watch: watch)
    let report = AblationReport(
      result, session.network, classNames: session.classNames, times: watch.times)
    if let exportMask { try NeuronMask(result.neurons, session.network).write(to: exportMask) }
    try Standard.print(json ? jsonLine(report) + "\n" : report.text())
  }

  /// What the addresses name; clusters are those of the finished analysis.
  private func chosenNeurons(_ request: AnalysisRequest) throws -> [LayerNeurons] {
    let atlas: Atlas
    if neurons.contains(where: namesCluster) {
      let reporter = TextReporter(summarizes: false)
      atlas = try AnalysisRun(request: request, reporter: reporter).toTheEnd().atlas
    } else {
      atlas = try about(model) { try structureAtlas(modelPath: request.modelPath) }
    }
    do throws(ViewRequestError) {
      return try Explorer.neurons(at: neurons, in: atlas)
    } catch {
      throw CommandFailure(oneSentence("\(error)"), status: ExitStatus.usage)
    }
  }
}
