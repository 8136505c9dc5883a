import Analysis
import Atlases
import Canvas
@testable import Explorer
import Networks
import Tensors
import Testing

/// No key, click, size or atlas makes the explorer trap, and selections stay within bounds.
struct PropertyTests {
  @Test(arguments: UInt64(0)..<16)
  func `random keys on random screens`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let atlases = [
      PlantedAtlas.make(), PlantedAtlas.structureOnly(), DamagedAtlas.make(seed: seed),
      DamagedAtlas.withoutLayers(),
    ]
    var state = ExplorerState(
      atlas: atlases[Int(seed % 4)], context: RenderContext(size: randomSize(&random)))
    for step in 0..<60 {
      var effects: [ExplorerEffect] = []
      switch Int.random(in: 0..<14, using: &random) {
      case 0: effects = update(&state, .resized(randomSize(&random)))
      case 2: effects = update(&state, .imageRunsPossible)
      case 1:
        effects = update(&state, .atlasRefreshed(atlases[Int.random(in: 0..<4, using: &random)]))
      default: effects = update(&state, .key(randomKey(&random, state.context.size)))
      }
      for case .runImages(let request) in effects where step % 4 > 0 {
        _ = update(
          &state,
          step % 4 == 1
            ? .imageRunFailed(request, reason: "no")
            : .imagesRan(request, PlantedActivations.make(request, state.atlas)))
      }
      for case .loadImages(let images) in effects {
        if step % 3 == 0 {
          _ = update(&state, .imagesUnavailable(images, reason: "not a picture"))
        } else {
          answer([.loadImages(images)], &state)
        }
      }
      expectInBounds(state)
      if step % 9 == 0 { _ = frame(state) }
      state.hasQuit = false
    }
  }

  @Test func `every size from nothing to large draws`() {
    for (height, width) in [
      (0, 0), (1, 1), (1, 300), (100, 1), (5, 20), (11, 40), (12, 39), (12, 40), (100, 300),
    ] {
      for script in [
        "", "enter", "enter enter", "enter enter enter", "c", "c enter", "?", ": 'a'", "enter 4 l",
        "4 enter enter tab l", "i i i l", "enter s s s",
      ] {
        var state = settledState(height: 30, width: 90, after: script)
        _ = update(&state, .resized(ScreenSize(height: height, width: width)))
        let grid = frame(state)
        #expect(grid.height == height && grid.width == width)
      }
    }
  }

  @Test func `a screen too small says how large it must be`() {
    let state = settledState(height: 5, width: 60)
    #expect(frame(state).text().contains("convscope needs 40×12, this is 60×5"))
    let lines = frame(settledState(height: 5, width: 20)).text()
    #expect(lines.split(separator: "\n") == ["convscope needs", "  40×12, this is", "  20×5"])
  }

  private func randomSize(_ random: inout SeededGenerator) -> ScreenSize {
    let isUsual = Int.random(in: 0..<4, using: &random) > 0
    return ScreenSize(
      height: Int.random(in: isUsual ? 12...40 : 1...100, using: &random),
      width: Int.random(in: isUsual ? 40...120 : 1...300, using: &random))
  }

  private func randomKey(_ random: inout SeededGenerator, _ size: ScreenSize) -> Key {
    let row = Int.random(in: -1...size.height, using: &random)
    let column = Int.random(in: -1...size.width, using: &random)
    let named: [Key] = [
      .up, .down, .left, .right, .enter, .enter, .enter, .escape, .tab, .backTab, .pageUp,
      .pageDown, .home, .end, .backspace, .mousePress(row: row, column: column),
      .mouseDoubleClick(row: row, column: column), .scrollUp(row: row, column: column),
      .scrollDown(row: row, column: column), .resize, .control("d"), .control("u"),
    ]
    let letters = Array("hjklhjklgGnN/:?q12345sozeec[]r+-*_ xzZpwiIPSvto".unicodeScalars)
    return Bool.random(using: &random)
      ? named[Int.random(in: named.indices, using: &random)]
      : .character(letters[Int.random(in: letters.indices, using: &random)])
  }

  private func expectInBounds(_ state: ExplorerState) {
    let layers = state.atlas.network.layers
    let selection = state.selection
    #expect(!state.places.isEmpty)
    #expect(layers.isEmpty || layers.indices.contains(selection.layer))
    if let layer = state.layer {
      #expect((0..<max(1, layer.neuronCount)).contains(selection.neuron))
    }
    #expect(selection.classIndex >= 0 && selection.item >= 0 && selection.image >= 0)
  }
}
