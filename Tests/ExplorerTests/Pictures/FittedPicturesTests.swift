import Canvas
import Tensors
import Testing

@testable import Explorer

struct FittedPicturesTests {
  private func key(_ picture: Int, width: Int = 4) -> FittedPictures.Key {
    FittedPictures.Key(
      picture: picture, part: PixelArea(rows: 0..<8, columns: 0..<8),
      size: ScreenSize(height: 2, width: width), tier: DisplayTier())
  }

  private func cells(_ letter: Unicode.Scalar) -> [Cell] {
    Array(repeating: Cell(letter), count: 8)
  }

  @Test func `what is kept is not fitted again, and another size is another picture`() {
    var fitted = FittedPictures(cellLimit: 100)
    #expect(fitted.cells(key(1)) { cells("a") } == cells("a"))
    #expect(fitted.cells(key(1)) { cells("b") } == cells("a"))
    #expect(fitted.cells(key(1, width: 5)) { cells("c") } == cells("c"))
    #expect(fitted.cells(key(2)) { nil } == nil)
    #expect(fitted.cells(key(2)) { cells("d") } == cells("d"))
  }

  @Test func `few are kept, and what is used goes on being kept`() {
    var fitted = FittedPictures(cellLimit: 32)
    _ = fitted.cells(key(0)) { cells("a") }
    for picture in 1..<50 {
      _ = fitted.cells(key(picture)) { cells("x") }
      #expect(fitted.count <= 8)
      #expect(fitted.cells(key(0)) { cells("b") } == cells("a"))
    }
    #expect(fitted.cells(key(1)) { cells("y") } == cells("y"))
  }

  /// Pictures come, change and go, the size and the theme change.
  @Test(arguments: UInt64(0)..<6)
  func `frames are the same whatever is kept`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var state = settledState()
    var fitted = FittedPictures(cellLimit: seed % 2 == 0 ? 200 : 1 << 16)
    let scripts = ["j", "l", "h", "enter", "esc", "tab", "1", "2", "4", "*", "_", "z", "c", "]"]
    for step in 0..<30 {
      play(scripts.randomElement(using: &random) ?? "j", on: &state)
      if step % 7 == 3 {
        let picture = PlantedPictures.picture(step)
        let loaded = (0..<9).map { LoadedImage(index: $0, pixels: picture) }
        answer(update(&state, .imagesLoaded(loaded)), &state)
      }
      if step % 11 == 5 {
        let size = ScreenSize(height: .random(in: 20...40, using: &random), width: 90)
        answer(update(&state, .resized(size)), &state)
      }
      var grid = CellGrid(height: state.context.size.height, width: state.context.size.width)
      render(state, into: &grid, with: &fitted)
      #expect(grid == frame(state))
    }
  }
}
