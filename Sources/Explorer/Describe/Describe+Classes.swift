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

func describeImages(_ state: ExplorerState, _ description: inout ScreenDescription) {
  description.title = "images of one cell of the confusion matrix"
  description.tables = [
    DescribedTable(
      name: "images", columns: ["image", "name", "label", "classified as", "confidence"],
      rows: state.confusedImages().map { image in
        let prediction = state.prediction(of: image)
        return [
          DescribedValue(image), .text(state.imageName(image)),
          .text(state.label(of: image).map(state.className) ?? ""),
          .text(prediction.map { state.outputName(Int($0.output)) } ?? ""),
          prediction.map { DescribedValue($0.confidence) } ?? .none,
        ]
      })
  ]
}

func describeImage(_ state: ExplorerState, _ description: inout ScreenDescription) {
  let image = state.selection.image
  description.title = "image \(state.imageName(image))"
  description.facts += imageFacts(image, state).map(DescribedFact.init)
  description.tables = [
    DescribedTable(
      name: "neurons with it among their strongest",
      columns: ["neuron", "place", "value", "row", "column"],
      rows: state.neuronsExcited(by: image).map { item in
        [
          .text("\(state.layerName(item.neuron.layer.index)):\(item.neuron.channel)"),
          DescribedValue(item.place + 1), DescribedValue(item.patch.value),
          DescribedValue(Int(item.patch.y)), DescribedValue(Int(item.patch.x)),
        ]
      })
  ]
}
