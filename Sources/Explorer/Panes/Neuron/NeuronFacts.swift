import Analysis
import Canvas
import Networks
import Tensors

/// The neuron's figures, each with what it is.
func drawNeuronFacts(
  _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  guard area.height > 1 else { return }
  for (offset, fact) in neuronFacts(digest, state).prefix(area.height).enumerated() {
    surface.line(
      [(" \(fact.name) ", .dim), (fact.value, .value)], area.row + offset, area.column,
      width: area.width)
  }
}

func neuronFacts(_ digest: LayerDigest, _ state: ExplorerState) -> [Fact] {
  var facts: [Fact] = []
  let neuron = state.selection.neuron
  if let statistics = digest.statistics,
    let figures = NeuronFigures(statistics, neuron: neuron)
  {
    let spread = NumberText.compact(figures.standardDeviation)
    facts.append(
      Fact(name: "spatial mean", value: "\(NumberText.compact(figures.mean)), spread \(spread)"))
    facts.append(
      Fact(name: "fires at", value: "\(NumberText.percent(figures.firingShare)) of images"))
    if let selectivity = figures.selectivity, let best = figures.preferredClass {
      facts.append(
        Fact(
          name: "selectivity",
          value: "\(NumberText.fixed(selectivity, 2)) for \(state.className(best))"))
      facts.append(
        Fact(name: "", value: "(best class mean − mean of others) ÷ sum"))
    }
    facts.append(Fact(name: "health", value: healthText(statistics.health[neuron])))
  }
  if let fact = likenessFact(digest, neuron) { facts.append(fact) }
  if let norm = digest.kernels?.norms[neuron] {
    facts.append(Fact(name: "kernel norm", value: NumberText.compact(Double(norm))))
  }
  return facts
}

/// `duplicate of 12, cosine 0.97 over 500 images`, or the neuron that only moves alike.
private func likenessFact(_ digest: LayerDigest, _ neuron: Int) -> Fact? {
  guard let images = digest.comparedImageCount, digest.closest.indices.contains(neuron) else {
    return nil
  }
  let over = "over \(NumberText.counted(images, "image"))"
  if let pair = digest.duplicates[neuron] {
    let cosine = NumberText.fixed(Double(pair.cosine), 2)
    return Fact(
      name: "duplicate of", value: "\(pair.partner(of: neuron)), cosine \(cosine) \(over)")
  }
  guard let pair = digest.closest[neuron] else { return nil }
  let cosines = [pair.cosine, pair.mapCosine].map { NumberText.fixed(Double($0), 2) }
  return Fact(
    name: "moves with",
    value: "\(pair.partner(of: neuron)), cosine \(cosines[0]), maps \(cosines[1]) \(over)")
}

func healthText(_ health: NeuronHealth) -> String {
  var words: [String] = []
  if health.isDead { words.append("dead: never above 0") }
  if health.isSaturated { words.append("saturated: always at its bound") }
  if health.nonFiniteCount > 0 {
    words.append("not finite in \(NumberText.counted(health.nonFiniteCount, "image"))")
  }
  return words.isEmpty ? "alive" : words.joined(separator: ", ")
}
