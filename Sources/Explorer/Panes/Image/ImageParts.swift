import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// What fires on the image: layers, the clusters of the selected one, the neurons of the selected
/// cluster; side by side or one over the other where there is room, else the one the keys move in.
func drawImageParts(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  guard area.height > 2 else { return }
  let parts = ImagePart.allCases
  if area.width >= 84 {
    let width = (area.width - 2) / 3
    for (place, part) in parts.enumerated() {
      let box = CellRect(
        row: area.row, column: area.column + place * (width + 1), height: area.height,
        width: width)
      drawPart(part, state, in: box, on: &surface)
    }
  } else if area.height >= 24 {
    let height = area.height / 3
    for (place, part) in parts.enumerated() {
      let rest = place == 2 ? area.height - 2 * height : height
      let box = CellRect(
        row: area.row + place * height, column: area.column, height: rest, width: area.width)
      drawPart(part, state, in: box, on: &surface)
    }
  } else {
    drawPart(ImagePart(rawValue: state.place.focus) ?? .clusters, state, in: area, on: &surface)
  }
  if state.look != nil { surface.readout = partReadout(state, on: &surface) }
}

/// Parts of the image screen, in the order of the focus.
enum ImagePart: Int, CaseIterable {
  case layers, clusters, neurons
}

/// A line of a part.
private struct PartRow {
  var name: String
  var note: String
  /// Standard score; NaN where there is none.
  var score: Double
  var target: Target
  var isSelected: Bool
}

private func drawPart(
  _ part: ImagePart, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  let isCurrent = state.look != nil
  let (title, key, rows) = partRows(part, state, on: &surface)
  let old = state.looks.image.map { state.imageName($0) } ?? ""
  let inner = surface.box(
    area, title: isCurrent ? title : "of \(old)…",
    badge: area.width > 40 ? "s.d. above usual" : "s.d.",
    isFocused: state.place.focus == part.rawValue)
  surface.mark(area, .part(part.rawValue))
  let cursor = rows.firstIndex(where: \.isSelected) ?? 0
  let start = surface.scrollStart(
    key, state, cursor: cursor, count: rows.count, visible: inner.height)
  for offset in 0..<max(0, min(inner.height, rows.count - start)) {
    let line = CellRect(
      row: inner.row + offset, column: inner.column, height: 1, width: inner.width)
    drawPartRow(rows[start + offset], isCurrent: isCurrent, in: line, on: &surface)
    surface.mark(line, rows[start + offset].target, part: part.rawValue)
  }
}

private func drawPartRow(
  _ row: PartRow, isCurrent: Bool, in line: CellRect, on surface: inout Surface
) {
  let score = scoreText(row.score)
  let barWidth = max(0, min(16, line.width / 4))
  let noteWidth = row.note.isEmpty ? 0 : cellWidth(of: row.note) + 1
  let nameWidth = max(0, line.width - barWidth - noteWidth - 9)
  surface.text(
    row.name, line.row, line.column + 1, isCurrent ? .label : .dim, width: nameWidth - 1,
    truncation: .start)
  surface.text(row.note, line.row, line.column + 1 + nameWidth, .dim, width: noteWidth)
  if isCurrent, row.score.isFinite {
    surface.signedBar(
      max(-1, min(1, row.score / 3)), line.row, line.endColumn - 8 - barWidth, width: barWidth)
  }
  surface.text(
    score, line.row, line.column, isCurrent ? .value : .dim, width: line.width - 1,
    alignment: .trailing)
  if row.isSelected { surface.restyle(line.withWidth(nameWidth + 1), .selection) }
}

/// `+2.13`; a dash without a score.
func scoreText(_ score: Double) -> String {
  guard score.isFinite else { return "–" }
  return "\(score >= 0 ? "+" : "")\(NumberText.fixed(score, 2))"
}

private func partRows(
  _ part: ImagePart, _ state: ExplorerState, on surface: inout Surface
) -> (title: String, key: ScrollKey, rows: [PartRow]) {
  let selected = state.selection.layer
  switch part {
  case .layers:
    let rows = state.atlas.network.layers.indices.map { layerRow($0, state, on: &surface) }
    return ("\(NumberText.counted(rows.count, "layer")), strongest cluster", .imageLayers, rows)
  case .clusters:
    let rows = clusterRows(selected, state, on: &surface)
    return ("clusters of \(state.layerName(selected))", .imageClusters, rows)
  case .neurons:
    let letter = state.cluster?.letter ?? ""
    let rows = neuronRows(selected, state, on: &surface)
    return ("neurons of \(state.layerName(selected)):\(letter)", .imageClusterNeurons, rows)
  }
}

private func layerRow(
  _ layer: Int, _ state: ExplorerState, on surface: inout Surface
) -> PartRow {
  var row = PartRow(
    name: state.layerName(layer), note: "", score: .nan, target: .pane(layer: layer),
    isSelected: layer == state.selection.layer)
  if let scores = surface.scores(state.scoreKey(layer), state),
    let digest = surface.outline(layer, state), let best = scores.order.first,
    digest.clusters.indices.contains(best)
  {
    row.note = digest.clusters[best].letter
    row.score = scores.clusters[best]
  }
  return row
}

private func clusterRows(
  _ layer: Int, _ state: ExplorerState, on surface: inout Surface
) -> [PartRow] {
  guard let digest = surface.digest(layer, state),
    let scores = surface.scores(state.scoreKey(layer), state)
  else { return [] }
  let selected = digest.cluster(of: state.selection.neuron)?.letter
  return scores.order.filter(digest.clusters.indices.contains).map { place in
    let cluster = digest.clusters[place]
    let value = NumberText.compact(scores.clusterValues[place])
    return PartRow(
      name: "\(cluster.title)  \(cluster.members.count)", note: value,
      score: scores.clusters[place], target: .cluster(layer: layer, place: place),
      isSelected: cluster.letter == selected)
  }
}

private func neuronRows(
  _ layer: Int, _ state: ExplorerState, on surface: inout Surface
) -> [PartRow] {
  guard let digest = surface.digest(layer, state),
    let scores = surface.scores(state.scoreKey(layer), state),
    let cluster = digest.cluster(of: state.selection.neuron)
  else { return [] }
  return scores.ordered(cluster.members).map { neuron in
    let rank = digest.topPatches(neuron).firstIndex { Int($0.image) == state.selection.image }
    let value = NumberText.compact(Double(scores.values[neuron]))
    return PartRow(
      name: rank.map { "\(neuron)  no. \($0 + 1)" } ?? "\(neuron)", note: value,
      score: scores.neurons[neuron], target: .neuron(neuron, classIndex: nil),
      isSelected: neuron == state.selection.neuron)
  }
}

extension ExplorerState {
  /// Of the image looked at, in the statistic in use.
  func scoreKey(_ layer: Int) -> ScoreKey {
    ScoreKey(layer: layer, statistic: statistic, isPinned: false)
  }
}

/// What the selected row says, with all that it rests on.
private func partReadout(
  _ state: ExplorerState, on surface: inout Surface
) -> [(String, StyleRole)] {
  guard let layer = state.layer, let digest = surface.digest(state.selection.layer, state),
    let scores = surface.scores(state.scoreKey(state.selection.layer), state),
    digest.placeOfNeuron.indices.contains(state.selection.neuron),
    scores.clusters.count == digest.clusters.count
  else { return [] }
  let place = digest.placeOfNeuron[state.selection.neuron]
  let isNeuron = state.place.focus == ImagePart.neurons.rawValue
  let neuron = state.selection.neuron
  let name = isNeuron ? "\(neuron)" : digest.clusters[place].letter
  let score = isNeuron ? scores.neurons[neuron] : scores.clusters[place]
  let value = isNeuron ? Double(scores.values[neuron]) : scores.clusterValues[place]
  func usual(_ classIndex: Int?) -> String? {
    guard let classIndex, let values = digest.values(state.statistic.ofOneImage),
      (0..<digest.classCount).contains(classIndex)
    else { return nil }
    let members = isNeuron ? [neuron] : digest.clusters[place].members
    let mean =
      members.reduce(0) { $0 + Double(values[$1, classIndex]) } / Double(max(1, members.count))
    return "\(state.className(classIndex)) \(NumberText.compact(mean))"
  }
  let label = state.label(of: state.selection.image)
  let taken = state.predictedClass(of: state.selection.image).flatMap { $0 == label ? nil : $0 }
  let classes = [usual(label), usual(taken)].compactMap(\.self)
  let beside = classes.isEmpty ? "" : "; usual \(classes.joined(separator: ", "))"
  return [
    ("\(layer.name):\(name)", .value), ("  \(scoreText(score)) s.d.", .key),
    (" (\(NumberText.counted(scores.imageCount, "image")))", .label),
    (" · \(state.statistic.ofOneImage.shortTitle) \(NumberText.compact(value))\(beside)", .label),
  ]
}
