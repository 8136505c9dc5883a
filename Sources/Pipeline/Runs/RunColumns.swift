import Atlases
import Inference
import ModelFiles
import Networks
import Tensors

/// Runs the same images through every checkpoint of a run, one after another.
///
/// The preprocessing is settled once, on the checkpoint that is likely to be trained best. Where it
/// could only be assumed, it is looked for again when checkpoints come; where another way does as
/// well, when they have become twice as many.
struct RunColumns {
  let request: AnalysisRequest
  private let memory: RunMemory
  let phase: @Sendable (String) -> Void
  /// Data set, preprocessing and class order; nil until settled.
  private var shared: SessionInputs?
  /// Checkpoints there were when it was settled, or found impossible.
  private var settledCount: Int?
  /// The column that the search for preprocessing began.
  private var begun: BegunColumn?
  /// Files that were run, or failed to.
  private var attempts: [String: RunFile] = [:]

  /// An analysis that the search began at a checkpoint.
  struct BegunColumn {
    var place: Int
    /// What it runs.
    var runnable: RunnableMember
    var analysis: ImageAnalysis
  }

  /// What one step came to.
  enum Step {
    case measured, interrupted, nothingLeft
  }

  init(_ images: AnalysisRequest, phase: @escaping @Sendable (String) -> Void) {
    self.phase = phase
    var request = images
    request.limit = images.limit ?? RunRequest.usualSample
    self.request = request
    memory = RunMemory(request)
  }

  /// Fills in activations and accuracy of the checkpoint on which the preprocessing was just found, else
  /// of the first that lacks them.
  mutating func step(_ opened: inout OpenedRun, session: RunSession) throws(RunError) -> Step {
    let found: SessionInputs?
    do throws(RunError) {
      found = try settled(&opened, session.search)
    } catch {
      guard session.isCancelled else { throw error }
      return .interrupted
    }
    guard let shared = found else { return .nothingLeft }
    let begun = begun.take()
    let next =
      begun?.place
      ?? opened.members.indices.first { place in
        opened.members[place]?.shares(opened.run.layers) ?? false
          && !wasTried(opened.files[place])
      }
    guard let place = next, let member = opened.members[place] else { return .nothingLeft }
    phase(
      "running \(NumberText.counted(shared.order.images.count, "image")) at checkpoint"
        + " \(opened.run.checkpoints[place].label)")
    do throws(RunError) {
      guard let column = try column(member, shared, begun, session) else { return .interrupted }
      fill(column, member, at: place, in: &opened.run)
    } catch {
      opened.run.notes.append("\(opened.run.checkpoints[place].fileName): \(error)")
    }
    attempts[opened.files[place].path] = opened.files[place]
    return .measured
  }

  /// What the search began at a checkpoint; nil when it was at another. Either way it is held no longer.
  mutating func takeBegun(at place: Int) -> BegunColumn? {
    guard let begun = begun.take(), begun.place == place else { return nil }
    return begun
  }

  private func wasTried(_ file: RunFile) -> Bool {
    attempts[file.path].map { $0.isUnchanged(since: file) } ?? false
  }

  /// What one checkpoint gives; nil when interrupted.
  private func column(
    _ member: RunMember, _ shared: SessionInputs, _ begun: BegunColumn?, _ session: RunSession
  ) throws(RunError) -> RunColumn? {
    let opened = begun?.runnable
    guard !member.isOverwritten,
      let runnable = opened == nil ? try RunnableMember(member) : opened
    else {
      return RunColumn(activations: [])
    }
    defer {
      member.releasePages()
      withExtendedLifetime(runnable) {}
    }
    do throws(SessionError) {
      let inputs = SessionInputs(
        runnable.request(like: request), model: runnable.model, sharing: shared)
      let key = AnalysisKey(parts: ["run 3", inputs.key.digest])
      if let kept = memory.column(key) { return kept }
      let result = try session.run(try inputs.analysis(from: nil, or: begun?.analysis))
      guard !session.isInterrupted else { return nil }
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
        column.activations[found].neuronIsDead.count == row.neuronCount,
        column.activations[found].imageCount > 0
      else { continue }
      run.activations[run.place(layer: layer, checkpoint: place)] = column.activations[found]
    }
  }

  /// How images are run, settled now if it was not or may be better known.
  ///
  /// - Returns: Nil when no checkpoint can be run; a note says why.
  mutating func settled(
    _ opened: inout OpenedRun, _ stop: SearchStop
  ) throws(RunError) -> SessionInputs? {
    let count = opened.members.count { $0 != nil }
    let evidence = shared?.decision.choice.evidence ?? .assumed
    guard settledCount.map({ evidence.mayImprove(from: $0, to: count) }) ?? true else {
      return shared
    }
    settledCount = count
    guard let (found, trained) = try settle(opened, stop) else {
      let note =
        "these checkpoints hold no graph, so no image was run; give the network's ONNX file with --graph"
      if !opened.run.notes.contains(note) { opened.run.notes.append(note) }
      return nil
    }
    let isSame = shared.map { found.feedsAlike($0) } ?? false
    shared = found
    opened.run.sample = RunSample(
      data: found.index.name, imageCount: found.order.images.count,
      preprocessing: found.decision.choice)
    guard !isSame else { return found }
    begun = trained
    attempts = [:]
    for place in opened.members.indices { opened.run.forgetActivations(checkpoint: place) }
    return found
  }

  /// Data set, preprocessing and class order, from a checkpoint on which they can be verified.
  ///
  /// - Returns: With the column that finding them began.
  private func settle(
    _ opened: OpenedRun, _ stop: SearchStop
  ) throws(RunError) -> (SessionInputs, BegunColumn?)? {
    let fed: RunFeeding.Fed?
    do throws(SessionError) {
      fed = try opened.feeding.settle(
        request, layers: opened.run.layers, stop: stop, phase: phase,
        open: { opened.member($0) })
    } catch {
      throw .session(error)
    }
    guard let fed else { return nil }
    let begun = opened.place(of: fed.file).flatMap { place in
      fed.inputs.takeBegun().map {
        BegunColumn(place: place, runnable: fed.runnable, analysis: $0)
      }
    }
    return (fed.inputs, begun)
  }
}
