import Analysis
import ArgumentParser
import AtlasFiles
import Atlases
import Findings
import ModelFiles
import Networks
import Pipeline
import Storage

/// Looks for what is wrong with a network.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what is wrong with a network, worst first.",
    discussion: """
      convscope check model.atlas
      convscope check model.onnx --data val/ --fail-on warning
      convscope check model.atlas --train train.atlas
      convscope check model.atlas --sarif findings.sarif
      convscope check model.atlas --threshold dead.warning=0.2 --json
      convscope check checkpoints/ --data val/

      A model without images is checked by its weights alone, a folder of checkpoints as one \
      training run. A checkpoint beside others of its run is fed as all of them are. Exit status 3 tells that a finding \
      reached --fail-on. Docs/FINDINGS.md lists what is looked for, and the thresholds.
      """)

  @Argument(
    help: ArgumentHelp("Atlas, model, or folder of checkpoints.", valueName: "file"),
    completion: .file())
  var file: String

  @OptionGroup var weights: GraphOption

  @Option(
    help: ArgumentHelp(
      "Atlas of the same network on its training images, for the gap to these.",
      valueName: "atlas"), completion: .file(extensions: ["atlas"]))
  var train: String?

  @Option(help: ArgumentHelp("How to print the findings.", valueName: "format"))
  var format = CheckFormat.text

  @Flag(help: "Short for --format json.")
  var json = false

  @Option(
    help: ArgumentHelp("Also write SARIF 2.1.0 to that file.", valueName: "path"),
    completion: .file(extensions: ["sarif"]))
  var sarif: String?

  @Option(
    help: ArgumentHelp(
      "Exit with status 3 when a finding is at least that severe.", valueName: "severity"))
  var failOn: FindingSeverity?

  @Option(
    help: ArgumentHelp("Change a threshold; repeat for more.", valueName: "name=value"))
  var threshold: [String] = []

  @Flag(
    help: """
      Also take layers and idle neurons out and measure what that costs: minutes, not seconds.
      """)
  var measure = false

  @Option(
    help: ArgumentHelp("Images that --measure runs; 0 for all.", valueName: "count"))
  var measureImages = AblationOptions.defaultImageLimit

  @OptionGroup(title: "Data")
  var dataOptions: DataOptions

  @OptionGroup(title: "Engine")
  var engine: EngineOptions

  func validate() throws {
    _ = try thresholds()
    if measure, dataOptions.data == nil {
      throw ValidationError("--measure needs labelled images: name their folder with --data PATH")
    }
    if measureImages < 0 {
      throw ValidationError("--measure-images wants a number of images, not \(measureImages)")
    }
  }

  func run() throws {
    if let sarif { _ = try OutputPath.writable(sarif, as: .json) }
    if InputPath.isFolder(file) { return try checkRun(file, thresholds()) }
    let bound = Subject.isAtlas(file) ? nil : try weights.boundModel(of: file)
    defer { withExtendedLifetime(bound) {} }
    let path = try bound?.path ?? InputPath.file(file)
    var diagnosis = Diagnosis()
    diagnosis.thresholds = try thresholds()
    let training = try train.map { path in
      let path = try InputPath.file(path)
      return try about(path) { try AtlasFile(path: path).atlas }
    }
    let atlas = try checkedAtlas(path)
    if let training { try checkSameNetwork(training, atlas) }
    let removals = measure ? try removalTrials(path, atlas, diagnosis.thresholds) : []
    try give(
      CheckReport(
        atlas: atlas, path: file,
        findings: diagnosis.findings(in: atlas, training: training, removals: removals),
        removals: removals, thresholds: diagnosis.thresholds))
  }

  /// Prints a report and writes it where it is wanted; throws where a finding is severe enough.
  func give(_ report: some FindingsReport) throws {
    if let sarif { try about(sarif) { try report.writeSARIF(to: sarif) } }
    try Standard.print(report.text(as: json ? .json : format))
    try fail(report.reported.map(\.severity))
  }

  private func thresholds() throws -> Thresholds {
    var thresholds = Thresholds()
    for assignment in threshold {
      do throws(ThresholdError) {
        try thresholds.set(assignment)
      } catch {
        throw ValidationError("--threshold: \(error)")
      }
    }
    return thresholds
  }

  /// The atlas to look through: opened, made by running the images, or the weights alone.
  ///
  /// - Parameter path: The file, or the graph with its weights in it.
  private func checkedAtlas(_ path: String) throws -> Atlas {
    var atlas =
      if Subject.isAtlas(path) || dataOptions.data == nil {
        try Subject(opening: path, dataPath: nil).atlas
      } else {
        try AnalysisRun(
          request: try request(path), reporter: TextReporter(summarizes: false)
        ).toTheEnd().atlas
      }
    if path != file { atlas.network.name = lastPart(of: file) }
    return atlas
  }

  private func request(_ path: String) throws -> AnalysisRequest {
    var request = try dataOptions.request(model: path, engine: engine)
    request.wantsRefreshes = false
    if path != file { (request.companionPath, request.checkpointPath) = (weights.graph, file) }
    return request
  }

  /// Takes parts of the network out; the images are those of the analysis.
  private func removalTrials(
    _ path: String, _ atlas: Atlas, _ thresholds: Thresholds
  ) throws -> [RemovalTrial] {
    guard !Subject.isAtlas(path) else {
      throw CommandFailure(
        "--measure runs the network: give its ONNX file in place of the atlas.",
        status: ExitStatus.usage)
    }
    let session = try AblationSession(request: try request(path))
    let options = RemovalOptions(
      duplicateCosine: Float(thresholds[.duplicateCosine]), wideShare: thresholds[.wideShare],
      accuracyLimit: thresholds[.removalLoss], imageLimit: measureImages > 0 ? measureImages : nil)
    let signals = SignalWatch.ending(saying: "nothing was measured")
    defer { withExtendedLifetime(signals) {} }
    return try session.removalTrials(atlas, options) { phase in
      Standard.error.write("convscope: \(phase)\n")
    }
  }

  private func checkSameNetwork(_ training: Atlas, _ atlas: Atlas) throws(CommandFailure) {
    guard training.network.layers == atlas.network.layers, training.classNames == atlas.classNames
    else {
      throw CommandFailure(
        "“\(train ?? "")” is of another network or other classes than “\(file)”; "
          + "give an atlas of the same model on its training images.")
    }
  }

  private func fail(_ severities: [FindingSeverity]) throws(CommandFailure) {
    guard let failOn else { return }
    let count = severities.count { $0 >= failOn }
    guard count > 0 else { return }
    let reach = count == 1 ? "1 finding reaches" : "\(count) findings reach"
    throw CommandFailure(
      "\(reach) severity \(failOn.rawValue), see the list.", status: ExitStatus.findings)
  }
}

/// How `check` prints what it found.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, sarif
}

extension FindingSeverity: ExpressibleByArgument {}
