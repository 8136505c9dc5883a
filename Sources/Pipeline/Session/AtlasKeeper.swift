import Analysis
import AtlasFiles
import Atlases
import FoundationEssentials
import Inference
import ModelFiles
import Networks
import Storage

/// Finds what an earlier run kept of the same analysis, and keeps this one.
struct AtlasKeeper {
  private let inputs: SessionInputs
  private let request: AnalysisRequest
  /// In the cache; nil when there is none or it is not to be used.
  private let cachePath: String?

  init(_ request: AnalysisRequest, _ inputs: SessionInputs) {
    self.request = request
    self.inputs = inputs
    let folder = CacheFolder(environment: ProcessInfo.processInfo.environment)
    cachePath = request.usesCache ? folder?.atlasPath(key: inputs.key) : nil
  }

  /// A complete atlas of the same analysis.
  func finished() -> AtlasFile? {
    guard let file = cached(), file.atlas.provenance.isComplete else { return nil }
    return file
  }

  /// What a kept file holds, under the names that model, images and classes have now: the cache
  /// knows them by their content, whatever they were called when it was made.
  func atlas(of file: AtlasFile) -> Atlas {
    let now = inputs.structure
    var atlas = file.atlas
    atlas.network.name = now.network.name
    atlas.dataset = now.dataset
    atlas.provenance.preprocessing = now.provenance.preprocessing
    atlas.provenance.outputNames = now.provenance.outputNames
    atlas.provenance.outputNamesEvidence = now.provenance.outputNamesEvidence
    return atlas
  }

  /// What is done of the same analysis, to go on from.
  func partial() -> AnalysisResult? {
    guard let file = cached(), let state = try? file.resumeState() else { return nil }
    return AnalysisResult(resuming: state, file.atlas, order: inputs.order)
  }

  /// The outcome of an analysis that need not run; its file is copied to where it was asked for.
  ///
  /// - Parameter atlas: What it holds, with what was learnt since.
  func reuse(_ file: AtlasFile, as atlas: Atlas) throws(SessionError) -> AnalysisOutcome {
    let hasNews = zip(atlas.layers, file.atlas.layers).contains { new, old in
      new.contributions?.entries.count != old.contributions?.entries.count
        || new.connections.map(\.influence?.imageCount)
          != old.connections.map(\.influence?.imageCount)
    }
    if hasNews { try file.rewrite(atlas, to: file.path) }
    if let path = request.outputPath { try put(file, as: atlas, at: path) }
    return AnalysisOutcome(
      atlas: atlas, path: request.outputPath ?? file.path, isComplete: true, seconds: 0,
      cameFromCache: true)
  }

  /// Copies the file, or writes it anew where names have changed.
  private func put(_ file: AtlasFile, as atlas: Atlas, at path: String) throws(SessionError) {
    let isNamedAlike =
      atlas.network.name == file.atlas.network.name && atlas.dataset == file.atlas.dataset
      && atlas.provenance == file.atlas.provenance
    guard isNamedAlike else { return try file.rewrite(atlas, to: path) }
    do throws(StorageError) {
      try copyFile(from: file.path, to: path)
    } catch {
      throw .storage(error)
    }
  }

  /// Adds contributions, layer by layer, and influence to the kept atlas of this analysis and to the
  /// one that was asked for; without one nothing happens.
  func add(
    _ contributions: [LayerContributions?], _ influence: [MeasuredInfluence]
  ) throws(SessionError) {
    for path in [cachePath, request.outputPath].compactMap(\.self) {
      guard let file = try? AtlasFile(path: path), file.atlas.layers.count == contributions.count
      else { continue }
      var atlas = file.atlas
      for (layer, new) in contributions.enumerated() {
        guard let new else { continue }
        atlas.layers[layer].contributions =
          atlas.layers[layer].contributions?.merging(new) ?? new
      }
      atlas.take(influence)
      try file.rewrite(atlas, to: path)
    }
  }

  /// Writes the atlas where it was asked for, and into the cache. Failing to write the cache
  /// matters only when nothing else was to be written; when only the cache could be written,
  /// the error says so.
  func keep(
    _ atlas: Atlas, _ result: AnalysisResult, seconds: Double
  ) throws(SessionError) -> AnalysisOutcome {
    var outcome = AnalysisOutcome(
      atlas: atlas, path: nil, isComplete: atlas.provenance.isComplete, seconds: seconds,
      cameFromCache: false)
    let state = ResumeState(
      result, order: inputs.order, imageCount: inputs.index.count)
    var failure: SessionError?
    if let path = request.outputPath {
      do throws(SessionError) {
        try write(atlas, state, to: path)
        outcome.path = path
      } catch {
        failure = error
      }
    }
    let isCached = cache(atlas, state, copying: outcome.path)
    if let failure { throw isCached ? .keptInCache(failure) : failure }
    outcome.path = outcome.path ?? (isCached ? cachePath : nil)
    if outcome.path == nil { outcome.samples = result.summaries.map(\.sample) }
    return outcome
  }

  /// Puts the atlas into the cache.
  ///
  /// - Parameter written: The same atlas as a file already, if there is one.
  /// - Returns: Whether it is there now.
  private func cache(_ atlas: Atlas, _ state: ResumeState, copying written: String?) -> Bool {
    guard let cachePath, (try? makeFolders(parentFolder(of: cachePath))) != nil else {
      return false
    }
    if let written { return (try? copyFile(from: written, to: cachePath)) != nil }
    return (try? write(atlas, state, to: cachePath)) != nil
  }

  private func cached() -> AtlasFile? {
    guard let cachePath, !request.ignoresCached else { return nil }
    return try? AtlasFile(path: cachePath)
  }

  private func write(
    _ atlas: Atlas, _ state: ResumeState, to path: String
  ) throws(SessionError) {
    do throws(AtlasError) {
      var writer = try AtlasWriter(
        atlas, resumeState: state, folder: parentFolder(of: path))
      let pictures = DatasetPictures(
        inputs.dataset, inputs.decision.choice.chosen.preprocessing)
      try PictureKeeping(dataset: inputs.dataset, pictures: pictures)
        .keep(atlas.layers, in: &writer)
      try writer.write(to: path)
    } catch {
      throw .atlas(error)
    }
  }
}

extension SessionInputs {
  /// What this analysis depends on; threads and paths do not matter.
  var key: AnalysisKey {
    let choice = decision.choice.chosen.preprocessing
    let outputs = decision.outputOfClass.map { "\($0)" } ?? "none"
    return AnalysisKey(parts: [
      ConvscopeVersion.current, "3", modelHash, datasetHash, "\(choice)", outputs,
      index.classes.joined(separator: "\u{1}"), "\(request.seed)",
      request.limit.map { "\($0)" } ?? "all", "\(request.shardIndex)/\(request.shardCount)",
      engine.name, request.providers.first ?? "cpu",
    ])
  }
}
