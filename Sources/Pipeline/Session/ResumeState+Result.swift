import Analysis
import AtlasFiles
import Atlases

extension ResumeState {
  /// What it takes to go on from `result`.
  ///
  /// - Parameter imageCount: Images of the whole data set.
  init(_ result: AnalysisResult, order: BalancedOrder, imageCount: Int) {
    var visited = Array(repeating: false, count: imageCount)
    for range in result.visited.ranges {
      for place in range { visited[order.images[place]] = true }
    }
    self.init(summaries: result.summaries, visited: visited)
  }
}

extension AnalysisResult {
  /// What `state` and the atlas it came with hold, as a result to go on from.
  ///
  /// - Parameter order: The same visiting order as when it was kept.
  init?(resuming state: ResumeState, _ atlas: Atlas, order: BalancedOrder) {
    guard order.images.allSatisfy(state.visited.indices.contains) else { return nil }
    let places = order.images.indices.filter { state.visited[order.images[$0]] }
    var unreadable = UnreadableImages()
    let reasons = atlas.provenance.unreadableImages
    for place in 0..<max(0, atlas.provenance.unreadableImageCount) {
      unreadable.add(
        UnreadableImage(
          place: place, image: -1, reason: place < reasons.count ? reasons[place] : ""))
    }
    self.init(
      summaries: state.summaries, classification: atlas.classification,
      visited: PlaceRanges(places.map { $0..<$0 + 1 }), unreadable: unreadable)
  }
}
