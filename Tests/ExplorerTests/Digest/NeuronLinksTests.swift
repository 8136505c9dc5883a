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

  @Test func `by influence what excites and what inhibits are links of their own`() throws {
    let atlas = PlantedAtlas.withInfluence()
    let links = neuronLinks(NeuronLinkKey(layer: 3, neuron: 5), in: atlas, byInfluence: true)
    #expect(links.inputImages == 200 && links.outputImages == 200)
    for link in links.inputs {
      let connection = try #require(
        atlas.layers[3].connections.first { $0.source.layerIndex == link.layer })
      let influence = try #require(connection.influence)
      #expect(
        link.strength
          == (link.strength > 0
            ? influence.excitatory[5, link.neuron] : -influence.inhibitory[5, link.neuron]))
    }
    #expect(links.inputs.contains { $0.strength > 0 } && links.inputs.contains { $0.strength < 0 })
    let magnitudes = links.outputs.map(\.strength.magnitude)
    #expect(!magnitudes.isEmpty && magnitudes == magnitudes.sorted(by: >))
  }

  @Test func `kernels rank a way on which some influence was not measured`() {
    var atlas = PlantedAtlas.withInfluence()
    atlas.layers[3].connections[0].influence = nil
    let links = neuronLinks(NeuronLinkKey(layer: 3, neuron: 5), in: atlas, byInfluence: true)
    #expect(links.inputImages == nil && links.outputImages == 200)
    #expect(links.inputs == neuronLinks(NeuronLinkKey(layer: 3, neuron: 5), in: atlas).inputs)
  }
}
