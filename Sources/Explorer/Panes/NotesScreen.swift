import Atlases
import Canvas
import Networks
import Tensors

/// What there is to say of a network whose layers could not be traced.
func drawNotes(_ state: ExplorerState, in area: CellRect, on surface: inout Surface) {
  let network = state.atlas.network
  let inner = surface.box(
    area, title: "no convolution or dense layer was found", isFocused: true)
  var row = inner.row
  let width = inner.width - 2
  func fact(_ name: String, _ value: String, _ surface: inout Surface) {
    guard row < inner.endRow else { return }
    surface.line([("\(name)  ", .dim), (value, .value)], row, inner.column + 1, width: width)
    row += 1
  }
  for note in network.notes { fact("note", note, &surface) }
  fact("parameters", NumberText.grouped(network.parameterCount), &surface)
  for port in network.inputs {
    fact("input", portText(port.name, port.shape?.description), &surface)
  }
  for port in network.outputs {
    fact("output", portText(port.name, port.shape?.description), &surface)
  }
  let operators = network.operatorCounts.map { "\($0.name) \($0.count)" }
  fact("operators", operators.joined(separator: ", "), &surface)
  surface.readout = [(state.absence, .warning)]
}

private func portText(_ name: String, _ shape: String?) -> String {
  "\(name) \(shape ?? "of unknown shape")"
}
