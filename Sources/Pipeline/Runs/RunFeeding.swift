import Atlases
import ModelFiles
import Networks
import Storage

/// How images are fed at every checkpoint of a run: as at the one that is likely to be trained best.
///
/// A run asks for all of its checkpoints, an analysis for the one it is about. Both look at the same
/// files in the same order, so that they come to the same choice.
struct RunFeeding {
  /// All checkpoints of the run's folders: those beside which a file says how images are fed, then the
  /// likeliest to be trained well first.
  let files: [RunFile]
  private let graph: ModelFile?

  /// Checkpoints on which the preprocessing is looked for, at most.
  private static let trialCount = 3
  /// Files that are opened to find these, at most.
  private static let openedCount = 12

  /// The choice, and the checkpoint it rests on.
  struct Fed {
    var file: RunFile
    var runnable: RunnableMember
    /// As for the checkpoint itself, with the analysis that the search began.
    var inputs: SessionInputs
  }

  /// - Parameters:
  ///   - folders: Where the checkpoints lie; the first may hold a log.
  ///   - graph: What checkpoints without a graph are bound to.
  ///   - others: Checkpoints to look at after these, in training order.
  init(folders: [String], graph: ModelFile?, else others: [RunFile] = []) {
    let log = folders.first.flatMap { RunLog.find(inFolder: $0) }
    let listed = likelyTrained((try? RunListing.files(folders)) ?? [], log)
    let paths = Set(listed.map(\.path))
    let all = listed + likelyTrained(others.filter { !paths.contains($0.path) }, log)
    let isGiven = { (file: RunFile) in PreprocessingSidecar.exists(besideModel: file.path) }
    files = all.filter(isGiven) + all.filter { !isGiven($0) }
    self.graph = graph
  }

  /// The run that a request's model is a checkpoint of, as far as names beside it tell; nil for none.
  init?(of request: AnalysisRequest) {
    let folder = parentFolder(of: request.checkpointPath ?? request.modelPath)
    guard let listed = try? RunListing.files([folder]), RunListing.isRun(listed) else { return nil }
    let graph =
      request.checkpointPath == nil
      ? nil : request.companionPath.flatMap { try? ModelFile(path: $0) }
    self.init(folders: [folder], graph: graph)
  }

  /// Settles it on the first checkpoint on which it can be verified or inferred; where there is none, the
  /// best one says what is assumed.
  ///
  /// - Parameters:
  ///   - request: How images are run; its model does not matter.
  ///   - layers: Those of the run; checkpoints of another network are passed over.
  ///   - open: Gives a checkpoint that is open already; nil to open it.
  /// - Returns: Nil where no checkpoint can be run.
  func settle(
    _ request: AnalysisRequest, layers: [RunLayer], stop: SearchStop,
    phase: @Sendable (String) -> Void, open: (RunFile) -> RunMember? = { _ in nil }
  ) throws(SessionError) -> Fed? {
    var best: Fed?
    var failure: SessionError?
    var trialCount = 0
    for file in files.prefix(Self.openedCount) where trialCount < Self.trialCount {
      guard let member = open(file) ?? (try? RunMember(file, graph: graph)),
        member.layers == layers, !member.isOverwritten,
        let runnable = try? RunnableMember(member)
      else { continue }
      trialCount += 1
      do throws(SessionError) {
        let inputs = try SessionInputs(
          runnable.request(like: request), model: runnable.model, isAnalyzing: true, stop: stop,
          phase: phase
        ).found(on: lastPart(of: file.path))
        let fed = Fed(file: file, runnable: runnable, inputs: inputs)
        guard inputs.decision.choice.evidence == .assumed else { return fed }
        _ = inputs.takeBegun()
        best = best ?? fed
      } catch {
        // A broken checkpoint says nothing about the others; what concerns the images would come again.
        guard error.concernsModel else { throw error }
        failure = failure ?? error
      }
    }
    if best == nil, let failure { throw failure }
    return best
  }
}

extension SessionInputs {
  /// Opened for a model that may be a checkpoint of a run: then images are fed as at all of these,
  /// unless the request or a file beside the model says how.
  static func opened(
    _ request: AnalysisRequest, model: ModelFile, isAnalyzing: Bool, stop: SearchStop,
    phase: @Sendable (String) -> Void
  ) throws(SessionError) -> SessionInputs {
    guard request.preprocessing == nil,
      !PreprocessingSidecar.exists(besideModel: request.companionPath ?? request.modelPath),
      let feeding = RunFeeding(of: request),
      let fed = try feeding.settle(request, layers: model.runLayers, stop: stop, phase: phase)
    else {
      return try SessionInputs(
        request, model: model, isAnalyzing: isAnalyzing, stop: stop, phase: phase)
    }
    // A copy with weights put in is gone with what made it; the engine may still read the file.
    let isSame = request.checkpointPath == nil && fed.file.isSame(as: request.modelPath)
    return SessionInputs(
      request, model: model, sharing: fed.inputs,
      begun: isAnalyzing && isSame ? fed.inputs.takeBegun() : nil)
  }
}

extension RunFile {
  /// Whether `path` names it.
  fileprivate func isSame(as path: String) -> Bool {
    lastPart(of: path) == lastPart(of: self.path)
      && parentFolder(of: path) == parentFolder(of: self.path)
  }
}

extension SessionError {
  /// Whether it is about the model that was to be run, rather than about the images.
  fileprivate var concernsModel: Bool {
    switch self {
    case .model, .checkpoint, .engine, .analysis, .cannotAnalyze: true
    default: false
    }
  }
}

/// Checkpoints by logged accuracy, best first, that of test or validation images if there is one; without a
/// log the last, the middle, the first quarter. The others follow from the last to the first, as do
/// those with equal accuracy.
///
/// - Parameter files: In training order.
func likelyTrained(_ files: [RunFile], _ log: RunLog?) -> [RunFile] {
  guard let last = files.indices.last else { return [] }
  if let log,
    let column = TrainingRun.heldOutFirst(log.columns).first(where: { RunCurve.isAccuracy($0) })
  {
    let accuracies = files.map { file in
      let value = file.step.flatMap { log[epoch: $0]?.values[column] } ?? -.infinity
      return value.isNaN ? -.infinity : value
    }
    return files.indices.sorted { a, b in
      accuracies[a] != accuracies[b] ? accuracies[a] > accuracies[b] : a > b
    }.map { files[$0] }
  }
  var isTaken = files.map { _ in false }
  var order: [RunFile] = []
  for place in [last, files.count / 2, files.count / 4] + files.indices.reversed()
  where !isTaken[place] {
    isTaken[place] = true
    order.append(files[place])
  }
  return order
}
