import Analysis
import Networks
import Testing

@testable import Explorer

struct PatchAreaTests {
  private let image = PlantedPictures.picture(0)

  @Test func `a crop is the receptive field, clipped at the border`() {
    let layer = PlantedNetwork.make().layers[3]
    let inside = patchArea(
      TopPatch(image: 0, y: 8, x: 8, value: 1), of: layer, in: image)
    #expect(inside == PixelArea(rows: 12..<21, columns: 12..<21))
    let corner = patchArea(
      TopPatch(image: 0, y: 0, x: 15, value: 1), of: layer, in: image)
    #expect(corner == PixelArea(rows: 0..<5, columns: 26..<32))
  }

  @Test func `dense layers and broken geometry see the whole image`() {
    let network = PlantedNetwork.make()
    let patch = TopPatch(image: 0, y: 3, x: 3, value: 1)
    #expect(patchArea(patch, of: network.layers[7], in: image) == .whole(image))
    var layer = network.layers[0]
    layer.receptiveField = ReceptiveField(size: [3], jump: [.max, 1], start: [0, 0])
    #expect(patchArea(patch, of: layer, in: image) == .whole(image))
  }
}
