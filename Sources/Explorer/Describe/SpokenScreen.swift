import Atlases
import Canvas
import Networks

/// What a screen says in a few lines, for people who do not see it.
package struct SpokenScreen: Hashable, Sendable {
  /// Model, data, how many images, how far the analysis is.
  package var header: String
  /// News; nil for none.
  package var message: String?
  /// The screen, and what the cursor is on.
  package var cursor: String
  /// What is being typed, and what it waits for; nil while nothing is.
  package var question: String?
}

/// The few lines of a state. The screen behind it is laid out, not drawn.
package func spoken(_ state: ExplorerState) -> SpokenScreen {
  var state = state
  if state.lacksPieces { state.complete() }
  let size = state.context.size
  var surface = Surface(
    CellGrid(height: size.height, width: size.width), state.context.theme, isSurvey: true)
  drawScreen(state, on: &surface)
  var first = Surface(CellGrid(height: 1, width: size.width), state.context.theme)
  drawHeader(state, on: &first)
  let header = first.grid.text(glyphs: .unicode).split(separator: "\n").first ?? ""
  let readout = surface.readout.map(\.0).joined()
  let detail = readout.isEmpty ? "nothing" : readout
  let part = state.partName.map { ", \($0)" } ?? ""
  let address = state.addressAtCursor.map { " at \(plainField($0))" } ?? ""
  return SpokenScreen(
    header: String(header), message: state.message,
    cursor:
      "\(state.view.rawValue) screen\(part)\(address): \(detail.isEmpty ? "nothing" : detail)",
    question: state.question)
}

extension ExplorerState {
  /// Whether something that was asked for is still being worked out.
  package var isWaiting: Bool {
    !shelf.pending.isEmpty || isEditing || measuring.progress != nil
      || !influencing.asked.isEmpty
  }

  /// The commands of the screen that shows, as help lists them.
  package var usableBindings: [KeyBinding] { keymap.bindings.filter(offers) }

  fileprivate var question: String? {
    switch prompt?.purpose {
    case .search: "search: a layer, layer:42, layer:B or a class"
    case .palette:
      paletteMatches(prompt?.text ?? "").first?.usage ?? "a command"
    case .setMark: "set-mark LETTER"
    case .marks:
      "marks: "
        + markOffers(self).prefix(40).map { "\($0.letter) \($0.title)" }
        .joined(separator: "; ")
    case nil: nil
    }
  }

  /// What the part of the screen that has the cursor is called.
  fileprivate var partName: String? {
    let names: [String] =
      switch view {
      case .layer: ["list of clusters", "neurons by classes"]
      case .cluster: ["neurons by classes", "strongest patches"]
      case .neuron: ["strongest patches", "classes", "inputs and outputs"]
      case .pair: ["clusters", "neurons"]
      default: []
      }
    return names.indices.contains(place.focus) ? names[place.focus] : nil
  }
}
