import Atlases
import Inference
import ModelFiles
import Networks

/// Runs the same images through every checkpoint of a run, one after another.
///
/// The preprocessing is settled once, on the checkpoint that is likely to be trained best.
struct RunColumns {
  private let opened: OpenedRun
  private let request: AnalysisRequest
  private let memory: RunMemory
  private let phase: @Sendable (String) -> Void

  /// Checkpoints on which the preprocessing is looked for, at most.
  private static let trialCount = 3

  init(
    _ opened: OpenedRun, _ images: AnalysisRequest, phase: @escaping @Sendable (String) -> Void
  ) {
    self.opened = opened
    var request = images
    request.limit = images.limit ?? RunRequest.usualSample
    self.request = request
    memory = RunMemory(request)
    self.phase = phase
  }

  /// Fills in activations and accuracy column by column.
  func measure(
    _ run: inout TrainingRun, session: RunSession, report: (TrainingRun) -> Void
  ) throws(RunError) {
    guard let shared = try settle(&run) else { return }
    for (place, member) in opened.members.enumerated() {
      guard !session.isCancelled else { return }
      guard let member else { continue }
      phase(
        "running \(shared.order.images.count) images at checkpoint \(run.checkpoints[place].label)")
      do throws(RunError) {
        guard let column = try column(member, shared, session) else { return }
        fill(column, member, at: place, in: &run)
      } catch {
        run.notes.append("\(run.checkpoints[place].fileName): \(error)")
      }
      report(run)
    }
  }

  /// What one checkpoint gives; nil when cancelled.
  private func column(
    _ member: RunMember, _ shared: SessionInputs, _ session: RunSession
  ) throws(RunError) -> RunColumn? {
    guard let runnable = try RunnableMember(member) else { return RunColumn(activations: []) }
    defer { withExtendedLifetime(runnable) {} }
    do throws(SessionError) {
      var own = request
      own.modelPath = runnable.path
      own.companionPath = runnable.companionPath
      let inputs = SessionInputs(own, model: runnable.model, sharing: shared)
      let key = AnalysisKey(parts: ["run", inputs.key.digest])
      if let kept = memory.column(key) { return kept }
      let result = try session.run(try inputs.analysis(from: nil))
      guard !session.isCancelled else { return nil }
      let column = RunColumn(
        activations: result.summaries.map { ActivationMeasures($0) },
        accuracy: result.classification.flatMap { classified in
          classified.top1.map { RunAccuracy(top1: $0, labeledCount: classified.labeledCount) }
        })
      memory.keep(column, key)
      return column
    } catch {
      throw .session(error)
    }
  }

  private func fill(
    _ column: RunColumn, _ member: RunMember, at place: Int, in run: inout TrainingRun
  ) {
    run.accuracy[place] = column.accuracy
    for (layer, row) in run.layers.enumerated() {
      guard let found = member.layers.firstIndex(where: { $0.name == row.name }),
        column.activations.indices.contains(found),
        column.activations[found].neuronIsDead.count == row.neuronCount
      else { continue }
      run.activations[run.place(layer: layer, checkpoint: place)] = column.activations[found]
    }
  }

  /// Data set, preprocessing and class order, from a checkpoint on which they can be verified.
  ///
  /// - Returns: Nil when no checkpoint can be run; a note says why.
  private func settle(_ run: inout TrainingRun) throws(RunError) -> SessionInputs? {
    var best: SessionInputs?
    for place in likelyTrained(run).prefix(Self.trialCount) {
      guard let member = opened.members[place], let runnable = try RunnableMember(member) else {
        continue
      }
      defer { withExtendedLifetime(runnable) {} }
      var own = request
      own.modelPath = runnable.path
      own.companionPath = runnable.companionPath
      do throws(SessionError) {
        let inputs = try SessionInputs(own, model: runnable.model, phase: phase)
        if best == nil { best = inputs }
        if [.read, .verified].contains(inputs.decision.choice.evidence) {
          best = inputs
          break
        }
      } catch {
        throw .session(error)
      }
    }
    if let best {
      run.notes.append(
        "\(best.order.images.count) images of \(request.dataPath) at every checkpoint;"
          + " preprocessing: \(best.decision.choice.chosen.name)"
          + " (\(best.decision.choice.evidence.rawValue))")
    } else {
      run.notes.append(
        "these checkpoints hold no graph, so no image was run; give the network's ONNX file with --graph"
      )
    }
    return best
  }

  /// Checkpoints by logged accuracy, best first; without a log the last, the middle, the first
  /// quarter.
  private func likelyTrained(_ run: TrainingRun) -> [Int] {
    let usable = opened.members.indices.filter { opened.members[$0] != nil }
    if let column = accuracyColumn(run) {
      return usable.sorted { a, b in
        let (first, second) = (
          run.logged[a]?[column] ?? -.infinity, run.logged[b]?[column] ?? -.infinity
        )
        return first != second ? first > second : a > b
      }
    }
    guard let last = usable.last else { return [] }
    return [last, usable[usable.count / 2], usable[usable.count / 4]]
  }

  private func accuracyColumn(_ run: TrainingRun) -> String? {
    run.loggedNames.first { RunCurve.isAccuracy($0) }
  }
}
