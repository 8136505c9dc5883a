import Analysis
import Atlases
import Networks
import Tensors

func describeImages(_ state: ExplorerState, _ description: inout ScreenDescription) {
  description.title = "\(state.filterText), \(state.imageFilter.order.title)"
  description.tables = [
    DescribedTable(
      name: "images", columns: ["image", "name", "label", "classified as", "confidence"],
      rows: state.listedImages.map { image in
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

func describeImage(_ state: inout ExplorerState, _ description: inout ScreenDescription) {
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
  guard state.look != nil else {
    description.facts.append(DescribedFact(name: "what fires", value: state.lookAbsence))
    return
  }
  description.tables = [responseTable(&state)] + description.tables
}

/// Every cluster of every layer on the image looked at, those that stand out most first.
private func responseTable(_ state: inout ExplorerState) -> DescribedTable {
  let image = state.selection.image
  let classes = [state.label(of: image), state.predictedClass(of: image)].compactMap(\.self)
  let shown = classes.enumerated().filter { !classes[..<$0.offset].contains($0.element) }
    .map(\.element)
  var rows: [[DescribedValue]] = []
  for layer in state.atlas.network.layers.indices {
    guard let digest = state.readyDigest(layer), let scores = state.readyScores(layer) else {
      continue
    }
    for place in scores.order where digest.clusters.indices.contains(place) {
      let cluster = digest.clusters[place]
      let profile = cluster.profiles[state.statistic.ofOneImage] ?? []
      rows.append(
        [
          .text(state.layerName(layer)), .text(cluster.letter),
          DescribedValue(cluster.members.count), DescribedValue(Float(scores.clusters[place])),
          DescribedValue(Float(scores.clusterValues[place])), DescribedValue(scores.imageCount),
        ]
          + shown.map { index in
            profile.indices.contains(index) ? DescribedValue(profile[index]) : .none
          })
    }
  }
  return DescribedTable(
    name: "clusters on this image: standard scores of the \(state.statistic.ofOneImage.title)",
    columns: ["layer", "cluster", "neurons", "score", "value", "images the score rests on"]
      + shown.map { "mean for \(state.className($0))" }, rows: rows)
}
