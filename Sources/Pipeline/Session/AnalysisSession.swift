import AtlasFiles
import Atlases
import Inference
import ModelFiles
import Networks
import Synchronization

/// One analysis from files to atlas: opens, finds the preprocessing, runs, builds, keeps.
///
/// `run` does the work on the calling thread and the engine's; everything it learns is told as
/// events, in order, from one thread at a time.
public final class AnalysisSession: Sendable {
  public let request: AnalysisRequest
  private let control = Mutex(Control())
  private let search = SearchStop()

  private struct Control {
    var isCancelled = false
    var analysis: ImageAnalysis?
    var ablation: AblationSession?
    var influence: InfluenceSession?
  }

  /// Prepares; opens nothing yet.
  public init(request: AnalysisRequest) {
    self.request = request
  }

  /// Ends as soon as a batch allows; what was done is kept and `run` still tells the outcome, but for
  /// what a search for preprocessing ran that did not come to a choice. Safe from any thread.
  public func cancel() {
    let (analysis, ablation, influence) = control.withLock { state in
      state.isCancelled = true
      return (state.analysis, state.ablation, state.influence)
    }
    search.raise()
    analysis?.cancel()
    ablation?.cancel()
    influence?.cancel()
  }

  /// Whether ``cancel()`` was called.
  public var isCancelled: Bool { control.withLock { $0.isCancelled } }

  /// Runs to the end.
  ///
  /// - Parameter report: Called for each event; may block.
  public func run(report: @escaping @Sendable (AnalysisEvent) -> Void) throws(SessionError) {
    let model = try openModel(request.modelPath)
    let outline = structureAtlas(of: model)
    report(.opened(outline))
    let inputs = try inputs(of: model, outline, report)
    let begun = inputs.takeBegun()
    guard !isCancelled || begun.map({ $0.visitedCount > 0 }) ?? false else { throw .cancelled }
    let keeper = AtlasKeeper(request, inputs)
    let ablation = AblationSession(inputs)
    control.withLock { ($0.ablation, $0.influence) = (ablation, ablation.influenceSession()) }
    if let kept = keeper.finished() {
      let atlas = contributing(keeper.atlas(of: kept), ablation, report)
      report(.finished(try keeper.reuse(kept, as: atlas)))
      return
    }
    let base = withWeights(inputs.structure, of: model)
    report(.refreshed(base))
    let builder = AtlasBuilder(base: base, seed: request.seed)
    let analysis = try inputs.analysis(from: keeper.partial(), or: begun)
    control.withLock { $0.analysis = analysis }
    if isCancelled { analysis.cancel() }
    let stopwatch = ContinuousClock.now
    let watcher =
      request.wantsRefreshes
      ? Refresher(analysis, builder, inputs: inputs, report: report) : nil
    let result = try finish(analysis, report)
    let seconds = (ContinuousClock.now - stopwatch + analysis.timeSpentAhead) / .seconds(1)
    watcher?.stop()
    guard result.imageCount > 0 else {
      if isCancelled { throw .cancelled }
      throw .noImages(path: request.dataPath)
    }
    report(.phase("building the atlas"))
    let engine = analysis.engineDescription
    if isCancelled, request.outputPath == nil {
      let sums = inputs.atlas(
        of: result, layers: builder.tallied(result.summaries), builder, engine: engine)
      if !sums.provenance.isComplete {
        // Nobody looks at it: it is there to be gone on from.
        report(.finished(try keeper.keep(sums, result, seconds: seconds)))
        return
      }
    }
    let whole = inputs.atlas(of: result, builder, engine: engine) { false }
    guard let whole else { throw .cancelled }
    let complete = contributing(whole, ablation, report)
    report(.finished(try keeper.keep(complete, result, seconds: seconds)))
  }

  /// Images and preprocessing. Where images cannot run, weights are told first: all there is to see.
  private func inputs(
    of model: ModelFile, _ outline: Atlas, _ report: @escaping @Sendable (AnalysisEvent) -> Void
  ) throws(SessionError) -> SessionInputs {
    do throws(SessionError) {
      return try SessionInputs.opened(request, model: model, isAnalyzing: true, stop: search) {
        report(.phase($0))
      }
    } catch {
      if request.wantsRefreshes, !isCancelled {
        report(.refreshed(withWeights(outline, of: model)))
      }
      throw error
    }
  }

  /// Switches neurons off in the model and on the images of this session; nil before they were
  /// opened.
  public var ablation: AblationSession? { control.withLock { $0.ablation } }

  /// The atlas with what every cluster contributes and what layers do to each other, where that was
  /// asked for and until cancelled.
  private func contributing(
    _ atlas: Atlas, _ ablation: AblationSession, _ report: (AnalysisEvent) -> Void
  ) -> Atlas {
    var result = atlas
    if request.wantsInfluence, !isCancelled,
      let session = control.withLock({ $0.influence })
    {
      report(.phase("measuring the influence of layers on each other"))
      result = session.withInfluence(atlas)
    }
    guard let options = request.contributions, !isCancelled else { return result }
    return ablation.withContributions(result, options) { report(.phase($0)) }
  }

  /// Waits for the analysis on this thread.
  private func finish(
    _ analysis: ImageAnalysis, _ report: @escaping @Sendable (AnalysisEvent) -> Void
  ) throws(SessionError) -> AnalysisResult {
    do throws(AnalysisError) {
      return try analysis.runAndWait { progress in
        report(.progress(AnalysisProgressReport(progress)))
      }
    } catch {
      throw .analysis(error)
    }
  }
}

extension AnalysisProgressReport {
  init(_ progress: AnalysisProgress) {
    self.init(
      done: progress.done, planned: progress.planned, rate: progress.rate,
      secondsLeft: progress.secondsLeft, unreadableCount: progress.unreadableCount)
  }
}
