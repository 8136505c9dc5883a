import Atlases
import Networks
import Tensors

/// Kernels in which equal cluster remainders excite each other and the rest inhibit weakly.
enum PlantedWeights {
  static func kernel(_ index: Int, using random: inout SeededGenerator) -> KernelStack {
    let side = PlantedNetwork.kernelSide(index)
    let shape = [PlantedNetwork.sizes[index], PlantedNetwork.inputCount(index), side, side]
    var values: [Float] = []
    for neuron in 0..<shape[0] {
      for input in 0..<shape[1] {
        let alike = neuron % PlantedAtlas.clusterCount(index) == input % 3
        for _ in 0..<side * side {
          let noise = Float.random(in: -0.2...0.2, using: &random)
          values.append((alike ? 0.5 : -0.1) + noise)
        }
      }
    }
    return KernelStack(shape: shape, values: values)
  }

  /// Sums over the positions of the kernels, by source layer.
  static func connections(_ index: Int, _ kernel: KernelStack) -> [Connection] {
    var first = 0
    return PlantedNetwork.sources[index].map { source in
      let count = source < 0 ? 3 : PlantedNetwork.sizes[source]
      let matrix = summed(kernel, inputs: first..<first + count)
      if index == 6 { first += count }
      return Connection(
        source: source < 0 ? .input(0) : .layer(LayerID(source)), strength: matrix, through: [])
    }
  }

  static func statistics(_ kernel: KernelStack) -> WeightStatistics {
    let mean = kernel.values.reduce(0) { $0 + Double($1) } / Double(kernel.values.count)
    let square = kernel.values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return WeightStatistics(
      count: kernel.values.count, minimum: kernel.values.min() ?? 0,
      maximum: kernel.values.max() ?? 0, mean: mean,
      standardDeviation: (square / Double(kernel.values.count)).squareRoot(), zeroShare: 0,
      nonFiniteCount: 0)
  }

  private static func summed(_ kernel: KernelStack, inputs: Range<Int>) -> Matrix {
    let (count, all) = (kernel.shape[0], kernel.shape[1])
    let size = kernel.shape[2] * kernel.shape[3]
    var matrix = Matrix(rowCount: count, columnCount: inputs.count)
    for neuron in 0..<count {
      for (column, input) in inputs.enumerated() where input < all {
        let start = (neuron * all + input) * size
        matrix[neuron, column] = kernel.values[start..<start + size].reduce(0, +)
      }
    }
    return matrix
  }
}
