import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// One image, what the network makes of it, and which neurons it excites most.
func drawImage(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let image = state.selection.image
  let width = max(16, min(area.width * 11 / 20, (area.height - 2) * 2 + 4))
  let left = area.withWidth(width)
  let inner = surface.box(left, title: state.imageName(image), isFocused: false)
  let side = min(inner.height, (inner.width - 2) / 2)
  let place = CellRect(
    row: inner.row, column: inner.column + (inner.width - 2 * side) / 2, height: side,
    width: 2 * side)
  surface.picture(image, in: place, state)
  if let reason = state.pictures.failure(image) {
    surface.text(reason, inner.row, inner.column + 1, .warning, width: inner.width - 2)
  }
  let right = area.withoutLeft(width + 1)
  let facts = imageFacts(image, state)
  for (offset, fact) in facts.prefix(right.height).enumerated() {
    surface.line(
      [("\(fact.name) ", .dim), (fact.value, .value)], right.row + offset, right.column,
      width: right.width)
  }
  drawExcitedNeurons(image, state, in: right.withoutTop(facts.count + 1), on: &surface)
  surface.readout = imageReadout(image, state)
}

func imageFacts(_ image: Int, _ state: ExplorerState) -> [Fact] {
  var facts = [
    Fact(name: "image", value: "\(NumberText.grouped(image)) of the data set"),
    Fact(name: "label", value: state.label(of: image).map(state.className) ?? "none"),
  ]
  guard let prediction = state.prediction(of: image) else {
    return facts + [Fact(name: "prediction", value: "not run yet")]
  }
  facts.append(Fact(name: "classified as", value: state.outputName(Int(prediction.output))))
  facts.append(
    Fact(name: "confidence", value: NumberText.percent(Double(prediction.confidence))))
  if prediction.rankOfTruth > 0 {
    facts.append(Fact(name: "its label came", value: "no. \(Int(prediction.rankOfTruth) + 1)"))
  } else if prediction.rankOfTruth == 0 {
    facts.append(Fact(name: "verdict", value: "right"))
  }
  return facts
}

private func drawExcitedNeurons(
  _ image: Int, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) {
  guard area.height > 2 else { return }
  let found = state.neuronsExcited(by: image)
  let inner = surface.box(
    area, title: "among the strongest of \(neuronsText(found.count))", isFocused: true)
  let start = surface.scrollStart(
    .imageNeurons, state, cursor: state.selection.item, count: found.count,
    visible: inner.height)
  for offset in 0..<max(0, min(inner.height, found.count - start)) {
    let item = found[start + offset]
    let line = CellRect(
      row: inner.row + offset, column: inner.column, height: 1, width: inner.width)
    surface.mark(line, .item(start + offset))
    let address = "\(state.layerName(item.neuron.layer.index)):\(item.neuron.channel)"
    surface.text(address, line.row, line.column + 1, .label, width: max(0, line.width - 16))
    surface.text(
      "\(NumberText.compact(Double(item.patch.value)))  no. \(item.place + 1)", line.row,
      line.column, .dim, width: max(0, line.width - 1), alignment: .trailing)
    if start + offset == state.selection.item { surface.restyle(line, .selection) }
  }
}
