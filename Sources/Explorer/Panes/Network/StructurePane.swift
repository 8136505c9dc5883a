import Atlases
import Canvas
import Networks
import Tensors

/// What the file alone says of a layer, where no images ran; returns the rows it took.
@discardableResult
func drawStructure(
  _ layer: Layer, _ state: ExplorerState, in area: CellRect, on surface: inout Surface
) -> Int {
  let facts = structureFacts(layer, state).prefix(area.height)
  for (offset, fact) in facts.enumerated() {
    surface.line(
      [("\(fact.name) ", .dim), (fact.value, .label)], area.row + offset, area.column,
      width: area.width)
  }
  return facts.count
}

/// A named figure.
struct Fact: Hashable, Sendable {
  var name: String
  var value: String
}

func structureFacts(_ layer: Layer, _ state: ExplorerState) -> [Fact] {
  var facts = [Fact(name: layer.operatorName, value: kernelText(layer))]
  if let shape = layer.outputShape { facts.append(Fact(name: "output", value: shape.description)) }
  facts.append(Fact(name: "values", value: state.activationNote(layer)))
  if state.atlas.isLeftOut(layer.id) {
    facts.append(Fact(name: "left out", value: "not one row an image"))
  }
  facts.append(Fact(name: "parameters", value: NumberText.grouped(layer.parameterCount)))
  if let field = layer.receptiveField, field.size.count == 2 {
    facts.append(
      Fact(name: "sees", value: "\(field.size[0])×\(field.size[1]) pixels"))
  }
  if let quantization = layer.quantization {
    facts.append(Fact(name: "quantised", value: quantization))
  }
  let layers = state.atlas.layers
  if layers.indices.contains(layer.id.index),
    let weights = layers[layer.id.index].weightStatistics
  {
    let spread = NumberText.compact(weights.standardDeviation)
    facts.append(
      Fact(name: "weights", value: "\(NumberText.compact(weights.mean)) ± \(spread)"))
    facts.append(Fact(name: "zeros", value: NumberText.percent(weights.zeroShare)))
  }
  return facts
}

/// `3×3, stride 2`.
func kernelText(_ layer: Layer) -> String {
  guard let kernel = layer.kernel else { return NumberText.counted(layer.neuronCount, "unit") }
  var text = kernel.size.map { "\($0)" }.joined(separator: "×")
  if kernel.strides.contains(where: { $0 != 1 }) {
    text += ", stride \(kernel.strides.map { "\($0)" }.joined(separator: "×"))"
  }
  if kernel.dilations.contains(where: { $0 != 1 }) {
    text += ", dilation \(kernel.dilations.map { "\($0)" }.joined(separator: "×"))"
  }
  if kernel.groups > 1 { text += ", \(NumberText.counted(kernel.groups, "group"))" }
  return text
}
