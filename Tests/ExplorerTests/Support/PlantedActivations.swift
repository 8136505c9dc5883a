import Analysis
import Atlases
import Networks
import Tensors

@testable import Explorer

/// What images do to the planted network: neurons whose cluster fires for the image's class are at
/// twice their mean for it, the others at half of theirs; maps peak at one place.
enum PlantedActivations {
  static func make(_ request: ImageRequest, _ atlas: Atlas) -> ImageActivations {
    let images = request.images
    let layers = atlas.network.layers.map { layer in
      responses(layer, classes: images.map { $0 / PlantedAtlas.imagesPerClass }, atlas)
    }
    guard images.count == 1 else { return ImageActivations(images: images, layers: layers) }
    var maps: [Int: ActivationMaps] = [:]
    for layer in atlas.network.layers { maps[layer.id.index] = PlantedActivations.maps(layer) }
    return ImageActivations(
      images: images, layers: layers, maps: maps,
      answers: [
        OutputProbability(output: 5, probability: 0.62),
        OutputProbability(output: 3, probability: 0.3),
        OutputProbability(output: 4, probability: 0.03125),
      ])
  }

  private static func responses(
    _ layer: Layer, classes: [Int], _ atlas: Atlas
  ) -> NeuronResponses {
    let index = layer.id.index
    let clusters = PlantedAtlas.clusterCount(index)
    let statistics = atlas.layers.indices.contains(index) ? atlas.layers[index].statistics : nil
    let means = (0..<layer.neuronCount).map { neuron -> Float in
      let values = classes.map { classIndex -> Float in
        let column = min(classIndex, (statistics?.classCount ?? 1) - 1)
        guard let mean = statistics?.meanOfMean, neuron < mean.rowCount else { return 0 }
        return mean[neuron, column] * (neuron % clusters == classIndex % clusters ? 2 : 0.5)
      }
      return values.reduce(0, +) / Float(max(1, values.count))
    }
    return NeuronResponses(
      spatialMean: means, spatialMax: means.map { $0 * 3 },
      firingShare: means.map { $0 > 0 ? 1 : 0 })
  }

  /// Each neuron's map is a tent around a place of its own.
  private static func maps(_ layer: Layer) -> ActivationMaps {
    let side = PlantedNetwork.sides[layer.id.index]
    var values: [Float] = []
    for neuron in 0..<layer.neuronCount {
      let (top, left) = ((neuron * 5 + 3) % side, (neuron * 3 + side / 2) % side)
      for y in 0..<side {
        for x in 0..<side {
          let distance = Float(abs(y - top) + abs(x - left)) / Float(side) * 3
          values.append(max(0, 2 - distance) * Float(neuron % 3 + 1))
        }
      }
    }
    return ActivationMaps(
      neuronCount: layer.neuronCount, height: side, width: side, values: values)
  }
}
