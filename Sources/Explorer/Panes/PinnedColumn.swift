import Canvas
import Tensors

/// The pinned images as a column of a heatmap, at the right of the classes.
struct PinnedColumn {
  let name: String
  /// One figure a neuron, on the scale of the classes' figures; empty while the images run.
  let values: [Float]
  /// Cells across, the gap before it left out.
  let width: Int

  /// Nil where nothing is pinned.
  ///
  /// - Parameters:
  ///   - room: Columns for all classes and this one.
  ///   - widest: Most cells it takes.
  init?(
    _ digest: LayerDigest, _ state: ExplorerState, room: Int, classCount: Int, widest: Int,
    on surface: inout Surface
  ) {
    guard let pinned = state.pinned, room >= 12 else { return nil }
    name = pinned.name
    let key = ScoreKey(layer: digest.layer, statistic: state.statistic, isPinned: true)
    let scores = surface.scores(key, state)
    values =
      (state.statistic == .selectivity ? scores?.neurons.map(Float.init) : scores?.values) ?? []
    width = max(1, min(widest, room / (classCount + 1)))
  }

  /// Columns it takes with the gap before it.
  var room: Int { width + 1 }

  /// Mean over some neurons of where they lie on the heatmap's scale; NaN while not known.
  func share(_ neurons: ArraySlice<Int>, _ paint: HeatPaint) -> Double {
    let shares = neurons.compactMap { neuron in
      values.indices.contains(neuron)
        ? paint.range.share(values[neuron], neuron: neuron, scale: paint.scale) : nil
    }
    return shares.isEmpty ? .nan : shares.reduce(0, +) / Double(shares.count)
  }

  /// Over the column: level where that fits, else downwards.
  func drawName(in area: CellRect, on surface: inout Surface) {
    if width >= 4 || area.height == 1 {
      surface.text(name, area.row, area.column, .match, width: width, truncation: .clip)
      return
    }
    for (offset, letter) in name.prefix(area.height).enumerated() {
      surface.text(String(letter), area.row + offset, area.column, .match, width: width)
    }
  }
}

extension ExplorerState {
  /// Score of a cluster on the pinned images where it is one of those they excite: at least one
  /// standard deviation above its mean, or the layer's strongest; nil for others.
  func pinnedScore(_ layer: Int, _ place: Int, on surface: inout Surface) -> Double? {
    guard pinned?.found != nil else { return nil }
    let key = ScoreKey(layer: layer, statistic: statistic, isPinned: true)
    guard let scores = surface.scores(key, self), scores.clusters.indices.contains(place) else {
      return nil
    }
    let score = scores.clusters[place]
    guard score > 0, score >= 1 || scores.order.first == place else { return nil }
    return score
  }

  /// `  · 7.png 0.52, +1.20 s.d.`: the selected neuron on the pinned images.
  func pinnedReadout(_ digest: LayerDigest, on surface: inout Surface) -> [(String, StyleRole)] {
    guard let pinned else { return [] }
    guard pinned.found != nil else { return [(" · \(pinned.name) is running…", .dim)] }
    let key = ScoreKey(layer: digest.layer, statistic: statistic, isPinned: true)
    guard let scores = surface.scores(key, self), scores.values.indices.contains(selection.neuron)
    else { return [] }
    let score = scoreText(scores.neurons[selection.neuron])
    if statistic == .selectivity { return [(" · \(pinned.basisText) \(score) s.d.", .key)] }
    let value = NumberText.compact(Double(scores.values[selection.neuron]))
    return [(" · \(pinned.basisText) \(value)", .key), (", \(score) s.d.", .label)]
  }

  /// What changes how every screen looks, for the header.
  var standingNotes: [String] {
    var notes: [String] = []
    if let sortClass, classNames.indices.contains(sortClass) {
      notes.append("clusters by \(className(sortClass))")
    }
    if let pinned {
      let count = pinned.request.images.count
      notes.append(count > 1 ? "pinned: mean of \(count)" : "pinned: \(pinned.title)")
    }
    return notes
  }
}
