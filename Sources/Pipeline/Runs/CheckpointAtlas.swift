import AtlasFiles
import Atlases
import ModelFiles
import Networks

/// Why a checkpoint of a run cannot be looked into; one sentence.
struct CheckpointUnavailable: Error {
  let reason: String
}

extension RunColumns {
  /// The atlas of a checkpoint on the sample, from the cache or by running its images.
  ///
  /// - Returns: Nil when interrupted.
  mutating func atlas(
    of place: Int, _ opened: inout OpenedRun, session: RunSession
  ) throws -> Atlas? {
    guard let shared = try settled(&opened, session.search) else { return nil }
    let begun = takeBegun(at: place)
    let runnable = try begun?.runnable ?? opened.runnable(place)
    defer { withExtendedLifetime(runnable) {} }
    let request = runnable.request(like: request)
    let inputs = SessionInputs(request, model: runnable.model, sharing: shared)
    let keeper = AtlasKeeper(request, inputs)
    if let kept = keeper.finished() { return kept.atlas }
    phase("opening \(opened.run.checkpoints[place].fileName)")
    let analysis = try inputs.analysis(from: nil, or: begun?.analysis)
    let result = try session.run(analysis)
    guard !session.isInterrupted else { return nil }
    let builder = AtlasBuilder(
      base: withWeights(inputs.structure, of: runnable.model), seed: request.seed)
    let atlas = inputs.atlas(of: result, builder, engine: analysis.engineDescription) {
      session.isInterrupted
    }
    guard let atlas else { return nil }
    return try keeper.keep(atlas, result, seconds: 0).atlas
  }
}

extension OpenedRun {
  /// A checkpoint as the engine, or a reader of structures, can take it.
  func runnable(_ place: Int) throws -> RunnableMember {
    let checkpoint = run.checkpoints[place]
    guard let member = members[place] else {
      throw CheckpointUnavailable(reason: checkpoint.problem ?? "it cannot be read")
    }
    guard !member.isOverwritten else {
      throw CheckpointUnavailable(reason: "it is being written; wait until that is done")
    }
    guard let runnable = try RunnableMember(member) else {
      throw CheckpointUnavailable(
        reason: "it holds weights without a graph; give the network's ONNX file with --graph")
    }
    return runnable
  }
}

extension RunWork {
  /// Answers the wish for a checkpoint's atlas: of images where there are some, else of the weights.
  mutating func open(_ fileName: String) {
    guard let place = opened.run.checkpoints.firstIndex(where: { $0.fileName == fileName }) else {
      report(.unavailable(fileName: fileName, reason: "it is not in the run any more"))
      return
    }
    do {
      if var columns {
        defer { self.columns = columns }
        let atlas = try columns.atlas(of: place, &opened, session: session)
        if let atlas { report(.opened(fileName: fileName, atlas)) }
      } else {
        let runnable = try opened.runnable(place)
        defer { withExtendedLifetime(runnable) {} }
        report(
          .opened(
            fileName: fileName,
            withWeights(structureAtlas(of: runnable.model), of: runnable.model)))
      }
    } catch let error as CheckpointUnavailable {
      report(.unavailable(fileName: fileName, reason: error.reason))
    } catch {
      guard !session.isCancelled else { return }
      report(.unavailable(fileName: fileName, reason: "\(error)"))
    }
  }
}
