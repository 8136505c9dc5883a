import Atlases
import Canvas
import Networks
import Tensors

/// How well each class is recognised, and what it is taken for.
func drawClasses(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let facts = confusionFacts(state) + dataFacts(state)
  let least = area.height >= 20 ? 6 : area.height >= 14 ? 3 : 1
  let tableHeight = max(8, state.classCount + 4)
  let factsHeight = min(facts.count, max(least, area.height - tableHeight))
  let table = area.withHeight(min(tableHeight, area.height - factsHeight))
  for (offset, fact) in facts.prefix(factsHeight).enumerated() {
    surface.line(
      [("\(fact.name) ", .dim), (fact.value, .label)], table.endRow + offset, area.column + 1,
      width: area.width - 2)
  }
  let inner = surface.box(
    table, title: "accuracy and confusion · rows true, columns predicted", isFocused: true)
  guard let result = state.atlas.classification, state.classCount > 0,
    result.confusion.count == state.classCount * (state.classCount + 1)
  else {
    surface.text(noResultText(state), inner.row, inner.column + 1, .warning, width: inner.width - 2)
    return
  }
  drawConfusion(result, state, in: inner, on: &surface)
  surface.readout = confusionReadout(result, state)
}

private func noResultText(_ state: ExplorerState) -> String {
  if state.atlas.dataset == nil { return "no data set was given" }
  if state.classCount == 0 { return "the images carry no labels, so nothing can be counted" }
  return state.atlas.provenance.analyzedImageCount > 0
    ? "the network is no classifier of these classes" : state.absence
}

/// `3 of 20 cat taken for dog (15.0 %)`.
private func confusionReadout(
  _ result: ClassificationResult, _ state: ExplorerState
) -> [(String, StyleRole)] {
  let truth = state.selection.classIndex
  guard let row = result.confusionRow(truth, classCount: state.classCount),
    let figures = result.figures(truth, classCount: state.classCount)
  else { return [] }
  let predicted = max(0, min(state.selection.predicted, state.classCount))
  let count = row[row.startIndex + predicted]
  let name = predicted < state.classCount ? state.className(predicted) : "no class of the data set"
  let share = figures.count > 0 ? Double(count) / Double(figures.count) : 0
  return [
    ("\(NumberText.grouped(count))", .key),
    (" of \(NumberText.grouped(figures.count)) \(state.className(truth))", .value),
    (predicted == truth ? " recognised" : " taken for \(name)", .value),
    (", \(NumberText.percent(share))", .label), (" · Enter lists them", .dim),
  ]
}

/// The most frequent confusions, as counts and shares of their class.
func confusionFacts(_ state: ExplorerState) -> [Fact] {
  guard let result = state.atlas.classification else { return [] }
  let most =
    state.workings.confusions ?? mostFrequentConfusions(result, classCount: state.classCount)
  let texts = most.compactMap { confusion -> String? in
    let (count, truth, predicted) = (confusion.count, confusion.truth, confusion.predicted)
    guard let figures = result.figures(truth, classCount: state.classCount), figures.count > 0
    else { return nil }
    let name = predicted < state.classCount ? state.className(predicted) : "else"
    let share = NumberText.percent(Double(count) / Double(figures.count), 0)
    return "\(state.className(truth)) → \(name) \(count) (\(share))"
  }
  return texts.isEmpty ? [] : [Fact(name: "most confused", value: texts.joined(separator: " · "))]
}

/// What the figures rest on: preprocessing, engine, images left out.
func dataFacts(_ state: ExplorerState) -> [Fact] {
  let known = state.atlas.provenance
  var facts: [Fact] = []
  if let choice = known.preprocessing {
    facts.append(
      Fact(
        name: "preprocessing",
        value:
          "\(trialText(choice.chosen)) · "
          + "\(choice.source(saying: choice.evidence.rawValue.uppercased())): \(choice.reason)"
      ))
    if !choice.runnersUp.isEmpty {
      let rest = choice.runnersUp.prefix(3).map(trialText).joined(separator: " · ")
      facts.append(Fact(name: "runners-up", value: rest))
    }
  }
  if known.unreadableImageCount > 0 {
    let names = known.unreadableImages.prefix(3).joined(separator: "; ")
    facts.append(
      Fact(name: "unreadable", value: "\(NumberText.grouped(known.unreadableImageCount)): \(names)")
    )
  }
  if let result = state.atlas.classification, let top5 = result.top5, state.classCount > 5 {
    let basis = NumberText.grouped(result.labeledCount)
    facts.append(Fact(name: "top-5", value: "\(NumberText.percent(top5)) of \(basis) labelled"))
  }
  if !known.engine.isEmpty { facts.append(Fact(name: "engine", value: known.engine)) }
  for note in state.atlas.dataset?.notes.prefix(2) ?? [] {
    facts.append(Fact(name: "note", value: note))
  }
  return facts
}

private func trialText(_ trial: PreprocessingTrial) -> String {
  trial.imageCount == 0 ? trial.name : "\(trial.name) \(trial.accuracyText)"
}
