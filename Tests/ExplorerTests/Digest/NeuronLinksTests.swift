import Atlases
@testable import Explorer
import Tensors
import Testing

struct NeuronLinksTests {
  @Test func `inputs and outputs are those of the connections, strongest first`() {
    let atlas = PlantedAtlas.make()
    let links = neuronLinks(NeuronLinkKey(layer: 3, neuron: 5), in: atlas)
    #expect(links.inputs.count == 16)
    #expect(Set(links.inputs.map(\.layer)) == [0, 2])
    #expect(Set(links.outputs.map(\.layer)) == [4, 5])
    let magnitudes = links.inputs.map(\.strength.magnitude)
    #expect(magnitudes == magnitudes.sorted(by: >))
    for link in links.outputs {
      let connection = atlas.layers[link.layer ?? 0].connections[0]
      #expect(connection.strength[link.neuron, 5] == link.strength)
    }
  }

  @Test func `the first layer is fed by the input`() {
    let links = neuronLinks(NeuronLinkKey(layer: 0, neuron: 0), in: PlantedAtlas.make())
    #expect(links.inputs.count == 3)
    #expect(links.inputs.allSatisfy { $0.layer == nil })
  }
}
