import Analysis
import Atlases
import Canvas
import Networks
import Tensors

/// One neuron: what excites it, which classes it fires for, what it is connected to.
func drawNeuron(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  guard let layer = state.layer, let digest = surface.digest(state.selection.layer, state),
    (0..<digest.neuronCount).contains(state.selection.neuron)
  else { return }
  drawNeuronTitle(digest, layer, state, in: area.withHeight(1), on: &surface)
  let parts = NeuronParts(area.withoutTop(1), classCount: digest.classCount)
  drawNeuronPatches(digest, layer, state, in: parts.patches, on: &surface)
  drawClassBars(digest, state, in: parts.classes, on: &surface)
  drawNeuronFacts(digest, layer, state, in: parts.facts, on: &surface)
  if let kernel = parts.kernel {
    let inner = surface.box(kernel, title: "kernel, strongest channels", isFocused: false)
    _ = drawKernelRow(digest, limit: inner.height, state, in: inner, on: &surface)
  }
  drawLinks(digest, showsKernel: parts.kernel == nil, state, in: parts.links, on: &surface)
  surface.readout = neuronReadout(digest, state)
  if state.place.focus == 2, let note = state.influenceNote(surface.survey.influences) {
    surface.readout.append((" · \(note)", .warning))
  }
}

/// Where the parts of the neuron screen lie.
private struct NeuronParts {
  var patches: CellRect
  var classes: CellRect
  var facts: CellRect
  var links: CellRect
  var kernel: CellRect?

  init(_ area: CellRect, classCount: Int) {
    let factsHeight = 6
    if area.width >= 120 {
      let left = area.width * 2 / 5
      let middle = area.width * 3 / 10
      patches = area.withWidth(left)
      let rest = area.withoutLeft(left)
      classes = rest.withWidth(middle)
      links = rest.withoutLeft(middle)
      let classesHeight = min(classCount + 2, area.height - factsHeight)
      let below = classes.withoutTop(max(8, classesHeight))
      classes = classes.withHeight(max(8, classesHeight))
      facts = below.withHeight(factsHeight)
      if below.height >= factsHeight + 7 {
        kernel = below.withoutTop(factsHeight)
      }
      return
    }
    let left = area.width / 2
    patches = area.withWidth(left)
    let right = area.withoutLeft(left)
    let classesHeight = max(5, min(classCount + 2, area.height * 9 / 20))
    classes = right.withHeight(classesHeight)
    let rest = right.withoutTop(classesHeight)
    facts = rest.withHeight(min(factsHeight, rest.height / 2))
    links = rest.withoutTop(facts.height)
  }
}

private func drawNeuronTitle(
  _ digest: LayerDigest, _ layer: Layer, _ state: ExplorerState, in area: CellRect,
  on surface: inout Surface
) {
  let neuron = state.selection.neuron
  var pieces: [(String, StyleRole)] = [("\(layer.name):\(neuron)", .header)]
  if let cluster = digest.cluster(of: neuron), cluster.label != nil {
    pieces.append((cluster.label == -1 ? " · dead" : " · cluster \(cluster.title)", .label))
  }
  if let note = state.note(on: neuron) { pieces.append((" · \(note)", .value)) }
  pieces.append((" · \(layer.operatorName) \(kernelText(layer))", .label))
  pieces.append((" · \(state.activationNote(layer))", .dim))
  if let field = layer.receptiveField, field.size.count == 2 {
    pieces.append((" · sees \(field.size[0])×\(field.size[1]) pixels", .dim))
  }
  surface.line(pieces, area.row, area.column, width: area.width)
}

/// What the cursor is on.
private func neuronReadout(
  _ digest: LayerDigest, _ state: ExplorerState
) -> [(String, StyleRole)] {
  guard digest.statistics != nil else { return [(state.absence, .warning)] }
  if state.place.focus == 0 {
    let patches = digest.topPatches(state.selection.neuron)
    guard patches.indices.contains(state.selection.patch) else { return [] }
    let patch = patches[state.selection.patch]
    let label = state.label(of: Int(patch.image)).map(state.className) ?? "no label"
    return [
      (state.imageName(Int(patch.image)), .value), (" · \(label)", .label),
      ("  \(NumberText.compact(Double(patch.value)))", .key),
      (" at row \(patch.y), column \(patch.x) of the map", .dim),
    ]
  }
  if state.place.focus == 1, state.facet == .contributions { return state.contributionReadout }
  return state.place.focus == 1 ? cellReadout(digest, state) : linkReadout(state)
}

private func linkReadout(_ state: ExplorerState) -> [(String, StyleRole)] {
  let links = state.shownLinks
  guard links.indices.contains(state.selection.link) else { return [] }
  let link = links[state.selection.link]
  return [
    (state.address(link), .value), ("  \(NumberText.compact(Double(link.strength)))", .key),
    (" \(state.linkMeasureText)", .label),
  ]
}

extension ExplorerState {
  /// What the selected link's strength is, and on how many images it rests.
  fileprivate var linkMeasureText: String {
    let key = NeuronLinkKey(layer: selection.layer, neuron: selection.neuron)
    let links = outgoing[key]
    let isInput = selection.link < (links?.inputs.count ?? 0)
    guard let images = isInput ? links?.inputImages : links?.outputImages else {
      return "sum of the kernel between the two, batch normalisation folded in"
    }
    return "influence: the channel's peak through its kernel slice, mean of "
      + NumberText.counted(images, "image")
  }

  /// `conv1:5`, `input:0`.
  func address(_ link: NeuronLink) -> String {
    "\(link.layer.map(layerName) ?? "input"):\(link.neuron)"
  }
}
