import Analysis
import Networks
import Tensors

/// Class means and patches of planted clusters.
enum PlantedStatistics {
  static func make(
    _ layer: Layer, _ labels: [Int], _ clusters: Int, images: Int,
    using random: inout SeededGenerator
  ) -> ActivationStatistics {
    let (count, classCount) = (layer.neuronCount, PlantedNetwork.classes.count)
    var mean = Matrix(rowCount: count, columnCount: classCount)
    var maximum = mean
    var firing = mean
    for neuron in 0..<count where labels[neuron] >= 0 {
      for classIndex in 0..<classCount {
        let wanted = classIndex % clusters == labels[neuron]
        let noise = Float.random(in: 0...0.3, using: &random)
        let sign: Float = layer.activation == nil && !wanted ? -1 : 1
        let value = sign * ((wanted ? 1.5 : 0.2) + noise)
        mean[neuron, classIndex] = value
        maximum[neuron, classIndex] = value * 2.5
        firing[neuron, classIndex] = wanted ? 0.8 + noise / 2 : 0.1 + noise
      }
    }
    return ActivationStatistics(
      imageCount: images, classCounts: Array(repeating: images / classCount, count: classCount),
      meanOfMean: mean, meanOfMax: maximum, secondMomentOfMean: squared(mean),
      secondMomentOfMax: squared(maximum), firingShare: firing,
      topPatches: (0..<count).map { patches(of: $0, layer, labels[$0], clusters) },
      classBest: best(layer, labels, maximum),
      health: labels.map {
        NeuronHealth(isDead: $0 < 0, isSaturated: false, nonFiniteCount: 0)
      })
  }

  private static func squared(_ matrix: Matrix) -> Matrix {
    Matrix(
      rowCount: matrix.rowCount, columnCount: matrix.columnCount,
      values: matrix.values.map { $0 * $0 * 1.2 })
  }

  private static func patches(
    of neuron: Int, _ layer: Layer, _ label: Int, _ clusters: Int
  ) -> [TopPatch] {
    guard label >= 0 else { return [] }
    let wanted = PlantedNetwork.classes.indices.filter { $0 % clusters == label }
    let side = PlantedNetwork.sides[layer.id.index]
    return (0..<9).map { place in
      let classIndex = wanted[place % wanted.count]
      let image = classIndex * PlantedAtlas.imagesPerClass + (neuron * 3 + place) % 20
      return TopPatch(
        image: Int32(image), y: Int32((neuron * 5 + place) % side),
        x: Int32((neuron + place * 7) % side), value: 9 - Float(place) * 0.5 - Float(neuron) * 0.01)
    }
  }

  private static func best(_ layer: Layer, _ labels: [Int], _ maximum: Matrix) -> [TopPatch?] {
    labels.indices.flatMap { neuron in
      PlantedNetwork.classes.indices.map { classIndex in
        labels[neuron] < 0
          ? nil
          : TopPatch(
            image: Int32(classIndex * PlantedAtlas.imagesPerClass + neuron % 20), y: 0, x: 0,
            value: maximum[neuron, classIndex] * 2)
      }
    }
  }
}
