import Analysis
import Atlases
import Networks

func describeClasses(_ state: ExplorerState, _ description: inout ScreenDescription) {
  description.title = "accuracy and confusion"
  description.facts += (confusionFacts(state) + dataFacts(state)).map(DescribedFact.init)
  guard let result = state.atlas.classification, state.classCount > 0 else { return }
  let classes = 0..<state.classCount
  var accuracy: [[DescribedValue]] = []
  var confusion: [[DescribedValue]] = []
  for index in classes {
    guard let figures = result.figures(index, classCount: state.classCount),
      let row = result.confusionRow(index, classCount: state.classCount)
    else { continue }
    accuracy.append([
      .text(state.className(index)), DescribedValue(figures.count),
      DescribedValue(figures.correct), figures.accuracy.map { .number($0) } ?? .none,
      figures.interval.map { .number($0.lowerBound) } ?? .none,
      figures.interval.map { .number($0.upperBound) } ?? .none,
    ])
    confusion.append([.text(state.className(index))] + row.map { DescribedValue($0) })
  }
  description.tables = [
    DescribedTable(
      name: "accuracy",
      columns: ["class", "images", "right", "accuracy", "95 % from", "95 % to"], rows: accuracy),
    DescribedTable(
      name: "confusion, rows true, columns predicted",
      columns: ["class"] + classes.map(state.className) + ["else"], rows: confusion),
  ]
}
