import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// One image, what the network makes of it, what fires on it and where.
func drawImage(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let image = state.selection.image
  let width = max(16, min(area.width * 11 / 20, (area.height - 2) * 2 + 4))
  let left = area.withWidth(width)
  let heat = imageHeat(state, on: &surface)
  let inner = surface.box(
    left, title: state.imageName(image), footnote: heat?.caption ?? "", isFocused: false)
  let side = min(inner.height, (inner.width - 2) / 2)
  let place = CellRect(
    row: inner.row, column: inner.column + (inner.width - 2 * side) / 2, height: side,
    width: 2 * side)
  if let heat, let map = heat.map {
    surface.picture(image, under: map, in: place, state)
    drawHeatScale(map, heat.caption, in: left, on: &surface)
  } else {
    surface.picture(image, in: place, state)
  }
  if let reason = state.pictures.failure(image) {
    surface.text(reason, inner.row, inner.column + 1, .warning, width: inner.width - 2)
  }
  let right = area.withoutLeft(width + 1)
  let facts = imageFacts(image, state)
  let shown = min(facts.count, max(3, right.height - 9))
  for (offset, fact) in facts.prefix(shown).enumerated() {
    surface.line(
      [("\(fact.name) ", .dim), (fact.value, .value)], right.row + offset, right.column,
      width: right.width)
  }
  surface.readout = imageReadout(image, state)
  let rest = right.withoutTop(shown + 1)
  if state.looks.found != nil, state.looks.failure?.image != image {
    drawImageParts(state, in: rest, on: &surface)
  } else {
    let lines = wrapped(state.lookAbsence, to: max(8, rest.width - 1))
    for (offset, line) in lines.prefix(rest.height).enumerated() {
      surface.text(line, rest.row + offset, rest.column, .warning, width: rest.width)
    }
    drawExcitedNeurons(image, state, in: rest.withoutTop(lines.count + 1), on: &surface)
  }
}

func imageFacts(_ image: Int, _ state: ExplorerState) -> [Fact] {
  var facts = [
    Fact(name: "image", value: "\(NumberText.grouped(image)) of the data set"),
    Fact(name: "label", value: state.label(of: image).map(state.className) ?? "none"),
  ]
  if state.stepsInList, let place = state.listedImages.firstIndex(of: image) {
    let count = NumberText.grouped(state.listedImages.count)
    facts[0].value =
      "\(NumberText.grouped(image)), \(NumberText.grouped(place + 1)) of \(count) listed"
  }
  if state.stepsInList { facts.append(Fact(name: "listed", value: state.filterText)) }
  guard let prediction = state.prediction(of: image) else {
    facts.append(Fact(name: "prediction", value: "not run yet"))
    return facts + answerFacts(state)
  }
  facts.append(Fact(name: "classified as", value: state.outputName(Int(prediction.output))))
  facts.append(
    Fact(name: "confidence", value: NumberText.percent(Double(prediction.confidence))))
  if prediction.rankOfTruth > 0 {
    facts.append(Fact(name: "its label came", value: "no. \(Int(prediction.rankOfTruth) + 1)"))
  } else if prediction.rankOfTruth == 0 {
    facts.append(Fact(name: "verdict", value: "right"))
  }
  return facts + answerFacts(state)
}

/// `dog 62.1 %, cat 30.4 %`: the best outputs, once the image ran by itself.
private func answerFacts(_ state: ExplorerState) -> [Fact] {
  guard let answers = state.look?.answers, !answers.isEmpty else { return [] }
  let text = answers.map { answer in
    "\(state.outputName(answer.output)) \(NumberText.percent(Double(answer.probability)))"
  }
  return [Fact(name: "outputs", value: text.joined(separator: ", "))]
}

/// Neurons that the atlas knows this image as one of the strongest of.
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
