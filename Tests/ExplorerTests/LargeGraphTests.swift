import Atlases
import Canvas
import Networks
import TestSupport
import Testing

@testable import Explorer

/// Graphs of a hundred layers as recorded; `RECORD_FRAMES=1` records anew.
struct LargeGraphTests {
  static let scripts = [
    ("whole", ""), ("block", "l l e l"), ("open", "* l l l l l l"), ("map", "* Z"),
  ]

  @Test(arguments: scripts, [(24, 80), (50, 200)])
  func `four branches a module can be followed`(
    what: (name: String, script: String), size: (height: Int, width: Int)
  ) {
    expectFrame(of: SketchedNetwork.inception(), "inception-\(what.name)", what.script, size)
  }

  @Test(arguments: scripts, [(24, 80), (50, 200)])
  func `layers fed by all before them can be followed`(
    what: (name: String, script: String), size: (height: Int, width: Int)
  ) {
    expectFrame(of: SketchedNetwork.denseNet(), "densenet-\(what.name)", what.script, size)
  }

  @Test func `the sketches have the layers of their models`() {
    #expect(SketchedNetwork.inception().layers.count == 58)
    #expect(SketchedNetwork.denseNet().layers.count == 121)
  }

  private func expectFrame(
    of network: Network, _ name: String, _ script: String, _ size: (height: Int, width: Int)
  ) {
    var atlas = PlantedAtlas.structureOnly()
    atlas.network = network
    atlas.layers = network.layers.map { LayerAtlas(layer: $0.id) }
    let state = settledState(atlas, height: size.height, width: size.width, after: script)
    TestSupport.expectFrame(
      frame(state), "\(name)-\(size.width)x\(size.height)", theme: state.context.theme)
  }
}
