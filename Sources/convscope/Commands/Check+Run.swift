import Atlases
import Findings
import Networks
import Pipeline

extension Check {
  /// A folder of checkpoints, checked as one training run.
  func checkRun(_ folder: String, _ thresholds: Thresholds) throws {
    guard train == nil, !measure else {
      throw CommandFailure(
        "“\(folder)” is a folder of checkpoints: --train and --measure are about one of them; name it.",
        status: ExitStatus.usage)
    }
    var request = RunRequest(paths: [folder])
    request.graphPath = try weights.graph.map(InputPath.file)
    if let data = dataOptions.data {
      // The model is each checkpoint in turn; the request needs some path meanwhile.
      var images = AnalysisRequest(modelPath: "", dataPath: try InputPath.existing(data))
      try dataOptions.fill(&images, engine: engine)
      request.images = images
    }
    let run = try RunSession(request: request).runHeedingSignals()
    var diagnosis = RunDiagnosis()
    diagnosis.thresholds = thresholds
    try give(
      RunCheckReport(
        run: run, path: folder, findings: diagnosis.findings(in: run), thresholds: thresholds))
  }
}
