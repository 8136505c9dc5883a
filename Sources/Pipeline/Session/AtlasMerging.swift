import Analysis
import AtlasFiles
import Atlases
import Networks
import Storage

/// Joins parts of one analysis, such as the shards made on several machines.
///
/// Summaries are exact, so the whole has the same bits as if it had been analysed in one go.
public struct AtlasMerging {
  private var files: [AtlasFile] = []

  /// Opens the parts.
  ///
  /// - Throws: ``SessionError`` when one is damaged, lacks its sums, or belongs to another
  ///   analysis than the first.
  public init(paths: [String]) throws(SessionError) {
    for path in paths {
      do throws(AtlasError) {
        files.append(try AtlasFile(path: path))
      } catch {
        throw .atlas(error)
      }
    }
    for file in files.dropFirst() { try check(file, with: files[0]) }
  }

  /// Writes the whole to `path`.
  public func write(to path: String) throws(SessionError) -> Atlas {
    guard let first = files.first else { throw .noImages(path: path) }
    var whole = try resumeState(of: first)
    var classification = first.atlas.classification
    for file in files.dropFirst() {
      let part = try resumeState(of: file)
      guard !zip(whole.visited, part.visited).contains(where: { $0 && $1 }) else {
        throw .atlas(
          .mismatch(
            path: first.path, other: file.path, detail: "they share images; name each part once"))
      }
      for layer in whole.summaries.indices {
        whole.summaries[layer].merge(part.summaries[layer])
      }
      whole.visited = zip(whole.visited, part.visited).map { $0 || $1 }
      if let other = file.atlas.classification { classification?.merge(other) }
    }
    let imageCount = files.reduce(0) { $0 + $1.atlas.provenance.analyzedImageCount }
    whole.summaries = whole.summaries.map { $0.whole(of: imageCount) }
    let atlas = atlas(of: whole, classification)
    try write(atlas, whole, to: path)
    return atlas
  }

  private func atlas(
    of state: ResumeState, _ classification: ClassificationResult?
  ) -> Atlas {
    var base = files[0].atlas
    // What rests on the images of one part only.
    for layer in base.layers.indices {
      base.layers[layer].statistics = nil
      base.layers[layer].similarity = nil
      base.layers[layer].clustering = nil
      base.layers[layer].clusterOrder = []
      base.layers[layer].rowOrder = nil
      base.layers[layer].columnOrder = nil
      base.layers[layer].contributions = nil
      for place in base.layers[layer].connections.indices {
        base.layers[layer].connections[place].influence = nil
      }
    }
    let facts = files.map(\.atlas.provenance)
    base.classification = classification
    base.provenance.analyzedImageCount = facts.reduce(0) { $0 + $1.analyzedImageCount }
    base.provenance.plannedImageCount = facts.reduce(0) { $0 + $1.plannedImageCount }
    base.provenance.unreadableImageCount = facts.reduce(0) { $0 + $1.unreadableImageCount }
    base.provenance.unreadableImages = Array(facts.flatMap(\.unreadableImages).prefix(100))
    base.provenance.shard = ShardNumber(index: 1, count: 1)
    let builder = AtlasBuilder(base: base, seed: base.provenance.seed)
    if let layers = builder.build(state.summaries, isCancelled: { false }) {
      base.layers = layers
    }
    return base
  }

  private func write(
    _ atlas: Atlas, _ state: ResumeState, to path: String
  ) throws(SessionError) {
    do throws(AtlasError) {
      var writer = try AtlasWriter(
        atlas, resumeState: state, folder: parentFolder(of: path))
      var kept: Set<Int> = []
      for image in PictureKeeping.wanted(atlas.layers) {
        for file in files where !kept.contains(image) {
          guard let bytes = file.encodedImage(image) else { continue }
          kept.insert(image)
          try writer.addPicture(image, encoded: bytes)
        }
      }
      try writer.write(to: path)
    } catch {
      throw .atlas(error)
    }
  }

  private func resumeState(of file: AtlasFile) throws(SessionError) -> ResumeState {
    do throws(AtlasError) {
      if let state = try file.resumeState() { return state }
    } catch {
      throw .atlas(error)
    }
    throw .atlas(.inconsistent(path: file.path, detail: "it lacks the sums that joining needs"))
  }

  private func check(_ file: AtlasFile, with first: AtlasFile) throws(SessionError) {
    let (a, b) = (first.atlas, file.atlas)
    let detail: String? =
      if a.provenance.modelHash != b.provenance.modelHash || a.network.layers != b.network.layers {
        "they are of different models"
      } else if a.dataset != b.dataset || a.provenance.datasetHash != b.provenance.datasetHash {
        "they are of different data sets"
      } else if a.provenance.preprocessing?.chosen.preprocessing
        != b.provenance.preprocessing?.chosen.preprocessing
      {
        "their preprocessing differs; give --preprocess to each part"
      } else if a.classification?.outputOfClass != b.classification?.outputOfClass {
        "their classes stand for different outputs"
      } else {
        nil
      }
    if let detail {
      throw .atlas(.mismatch(path: first.path, other: file.path, detail: detail))
    }
  }
}
