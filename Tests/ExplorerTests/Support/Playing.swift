import Atlases
import Canvas
import Networks

@testable import Explorer

/// A state whose pictures have all arrived.
func settledState(
  _ atlas: Atlas = PlantedAtlas.make(), height: Int = 24, width: Int = 80,
  theme: Theme = Theme(), after script: String = ""
) -> ExplorerState {
  var state = ExplorerState(
    atlas: atlas,
    context: RenderContext(size: ScreenSize(height: height, width: width), theme: theme))
  answer(update(&state, .resized(state.context.size)), &state)
  play(script, on: &state)
  return state
}

/// Types `script`, keys apart by blanks: `j enter ^d /`, or `'text'` for letters at once.
func play(_ script: String, on state: inout ExplorerState) {
  for word in script.split(separator: " ") {
    for key in keys(String(word)) { answer(update(&state, .key(key)), &state) }
  }
}

/// Delivers what the effects ask for until they ask no more.
func answer(_ effects: [ExplorerEffect], _ state: inout ExplorerState) {
  var pending = effects
  var rounds = 0
  while let effect = pending.popLast(), rounds < 1000 {
    rounds += 1
    switch effect {
    case .loadImages(let images):
      pending += update(
        &state,
        .imagesLoaded(
          images.map { LoadedImage(index: $0, pixels: PlantedPictures.picture($0)) }))
    case .regroup(let request):
      pending += update(&state, .regrouped(plantedAnswer(request)))
    case .workOut(let number): pending += update(&state, workedOut(state, number: number))
    case .findSession, .keepSession, .writeAtlas, .measure, .measureInfluence, .ablate, .exportMask,
      .copy, .stepCheckpoint:
      break
    case .runImages(let request):
      pending += update(&state, .imagesRan(request, PlantedActivations.make(request, state.atlas)))
    }
  }
}

func keys(_ word: String) -> [Key] {
  let named: [String: Key] = [
    "enter": .enter, "esc": .escape, "tab": .tab, "backtab": .backTab, "up": .up, "down": .down,
    "left": .left, "right": .right, "home": .home, "end": .end, "pgup": .pageUp,
    "pgdn": .pageDown, "space": .character(" "), "bs": .backspace,
  ]
  if let key = named[word] { return [key] }
  let scalars = Array(word.unicodeScalars)
  if scalars.count == 2, scalars[0] == "^" { return [.control(scalars[1])] }
  if scalars.count > 2, scalars.first == "'", scalars.last == "'" {
    return scalars.dropFirst().dropLast().map { .character($0) }
  }
  return scalars.count == 1 ? [.character(scalars[0])] : []
}

/// The frame of a state, at its own size.
func frame(_ state: ExplorerState) -> CellGrid {
  var grid = CellGrid(height: state.context.size.height, width: state.context.size.width)
  render(state, into: &grid)
  return grid
}
