import Canvas
import Tensors
import Testing

@Suite struct PaletteColorTests {
  private func distance(_ first: Color, _ second: Color) -> Int {
    let red = Int(first.red) - Int(second.red)
    let green = Int(first.green) - Int(second.green)
    let blue = Int(first.blue) - Int(second.blue)
    return 2 * red * red + 4 * green * green + 3 * blue * blue
  }

  @Test(arguments: UInt64(0)..<20)
  func `the closed form finds a nearest palette entry`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let color = Color(
        .random(in: 0...255, using: &random), .random(in: 0...255, using: &random),
        .random(in: 0...255, using: &random))
      let best = (UInt8(16)...255).map { distance(color, Color(palette: $0)) }.min()
      #expect(distance(color, Color(palette: color.palette256)) == best)
    }
  }

  @Test func `palette colours stay what they are`() {
    for entry in UInt8(0)..<16 { #expect(Color(palette: entry).palette16 == entry) }
    for entry in UInt8(16)...255 {
      #expect(Color(palette: Color(palette: entry).palette256) == Color(palette: entry))
    }
    #expect(Color(1, 2, 3).matched(to: .mono) == nil)
  }
}
