import Atlases
import Canvas
import Foundation
import Networks
import Tensors
import Testing

@testable import Explorer

/// Every key in every state: 100,000 random keys on three atlases; `CONVSCOPE_KEYS` sets another
/// number.
struct KeySequenceTests {
  private static let keyCount =
    ProcessInfo.processInfo.environment["CONVSCOPE_KEYS"].flatMap { Int($0) } ?? 100_000
  private static let boundKeys = Keymap.standard.bindings.flatMap(\.keys)
  private static let seeds = UInt64(0)..<24
  private static let atlases = [
    PlantedAtlas.make(), PlantedAtlas.wide(), PlantedAtlas.structureOnly(),
  ]

  /// Keys come in bursts, as when one is held: the screen is laid out after each burst, and drawn
  /// now and then.
  @Test(arguments: seeds)
  func `no key in any state traps`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let atlas = Self.atlases[Int(seed) % 3]
    var state = ExplorerState(atlas: atlas, context: RenderContext(size: size(&random)))
    // Eight seeds an atlas; a thousand classes take long to lay out in a debug build.
    let keys = Self.keyCount * [11, 2, 11][Int(seed) % 3] / 192
    var pressed = 0
    var bursts = 0
    let longestBurst = state.classCount > 100 ? 1500 : 300
    while pressed <= keys {
      for _ in 0..<Int.random(in: 0..<longestBurst, using: &random) {
        pressed += 1
        let key = key(&random, state)
        state.remembering { $0.press(key) }
        state.hasQuit = false
      }
      if bursts % 10 == 0 { _ = update(&state, .resized(size(&random))) }
      if bursts % 10 == 5 { pressed += runAnyCommand(&state, &random) }
      deliver(update(&state, .key(key(&random, state))), &state)
      // Mostly what a screen is made of is there; sometimes it is still on its way.
      if bursts % 4 > 0 { state.complete() }
      pressed += 1
      bursts += 1
      expectInBounds(state)
      if bursts % 15 == 14 { _ = frame(state) }
      if bursts % 40 == 39 { _ = (describe(state), spoken(state), state.tableAtCursor()) }
      state.hasQuit = false
    }
  }

  /// A command of the palette with something behind it, likely or not; returns the keys it took.
  private func runAnyCommand(_ state: inout ExplorerState, _ random: inout SeededGenerator) -> Int {
    let arguments = [
      "", "a", "Z", "3", "-1", "0.4", "999999999999999999999", "reduce:A", "reduce:3,5-9", "new",
      "row", "table", "address", "conv1:B mean", "é\u{301}", ":", "  ", "nan",
    ]
    let command = Command.allCases[Int.random(in: Command.allCases.indices, using: &random)]
    let argument = arguments[Int.random(in: arguments.indices, using: &random)]
    let line = ":\(command.rawValue) \(argument)"
    for scalar in line.unicodeScalars { state.press(.character(scalar)) }
    state.press(.enter)
    return line.unicodeScalars.count + 1
  }

  private func size(_ random: inout SeededGenerator) -> ScreenSize {
    ScreenSize(
      height: Int.random(in: 6...50, using: &random),
      width: Int.random(in: 30...160, using: &random))
  }

  private func key(_ random: inout SeededGenerator, _ state: ExplorerState) -> Key {
    let bound = Self.boundKeys
    switch Int.random(in: 0..<40, using: &random) {
    case 0 where state.classCount <= 100 || Int.random(in: 0..<20, using: &random) == 0:
      let size = state.context.size
      let row = Int.random(in: -1...size.height, using: &random)
      let column = Int.random(in: -1...size.width, using: &random)
      return [
        Key.mousePress(row: row, column: column), .mouseDoubleClick(row: row, column: column),
        .scrollUp(row: row, column: column), .scrollDown(row: row, column: column),
      ][Int.random(in: 0..<4, using: &random)]
    case 1...3: return .enter
    case 4...5: return .escape
    case 6:
      let values: [Unicode.Scalar] = ["\u{1}", "é", "漢", "\u{200B}", "a", "9", ":", "\u{7F}"]
      return .character(values[Int.random(in: values.indices, using: &random)])
    default:
      // What is typed is searched for letter by letter, and a table is made whole for each copy.
      if state.prompt != nil, Int.random(in: 0..<3, using: &random) == 0 { return .enter }
      let found = bound[Int.random(in: bound.indices, using: &random)]
      let isCopy = found == .character("y") || found == .character("Y")
      return isCopy && Int.random(in: 0..<20, using: &random) > 0 ? .down : found
    }
  }

  /// Some of what is asked for arrives, some fails.
  private func deliver(_ effects: [ExplorerEffect], _ state: inout ExplorerState) {
    for effect in effects {
      switch effect {
      case .regroup(let request): _ = update(&state, .regrouped(plantedAnswer(request)))
      case .loadImages(let images):
        _ = update(&state, .imagesUnavailable(images, reason: "not a picture"))
      default: break
      }
    }
  }

  private func expectInBounds(_ state: ExplorerState) {
    let selection = state.selection
    #expect(state.atlas.network.layers.indices.contains(selection.layer))
    let neuronCount = state.layer?.neuronCount ?? 1
    #expect((0..<neuronCount).contains(selection.neuron))
    #expect(selection.classIndex >= 0 && selection.item >= 0 && selection.image >= 0)
    #expect(!state.places.isEmpty)
  }
}
