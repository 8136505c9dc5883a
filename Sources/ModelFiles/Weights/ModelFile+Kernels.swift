import Networks

extension ModelFile {
  /// The kernels of a layer with batch normalisation folded in.
  ///
  /// - Complexity: O(*weights*) time and memory.
  /// - Throws: ``ModelFileError/weightsUnavailable(layer:reason:)`` when the file holds them in a
  ///   form that is not read, or too few of them.
  public func kernel(of layer: LayerID) throws(ModelFileError) -> LayerKernel {
    let found = found[layer.index]
    do {
      let fold = try AffineFold(found, store)
      var values = try kernelValues(found)
      let row = found.neuronCount > 0 ? values.count / found.neuronCount : 0
      for neuron in 0..<found.neuronCount where fold.factors[neuron] != 1 {
        for i in neuron * row..<(neuron + 1) * row { values[i] *= fold.factors[neuron] }
      }
      return LayerKernel(
        shape: Self.paddedShape(found.kernelShape), values: values, bias: fold.addends)
    } catch {
      throw .weightsUnavailable(layer: network[layer].name, reason: error.reason)
    }
  }

  /// A layer's weights as the file stores them, neuron by neuron; quantised ones as floats, bias and
  /// batch normalisation left out.
  ///
  /// - Complexity: O(*weights*) time and memory.
  /// - Throws: ``ModelFileError/weightsUnavailable(layer:reason:)``
  public func storedWeights(of layer: LayerID) throws(ModelFileError) -> [Float] {
    do {
      return try kernelValues(found[layer.index])
    } catch {
      throw .weightsUnavailable(layer: network[layer].name, reason: error.reason)
    }
  }

  /// Numbers in a layer's weight tensor.
  public func weightCount(of layer: LayerID) -> Int { found[layer.index].weight.count }

  private static func paddedShape(_ shape: [Int]) -> [Int] {
    switch shape.count {
    case 2: shape + [1, 1]
    case 3: [shape[0], shape[1], 1, shape[2]]
    default: shape
    }
  }

  /// Weights in the order of `kernelShape`.
  private func kernelValues(_ layer: FoundLayer) throws(NumbersUnavailable) -> [Float] {
    let values = try store.floats(of: layer.weight)
    let lengths = layer.weight.dimensions
    guard values.count == layer.weight.count else {
      throw WeightStore.tooFew(values.count, layer.weight.count)
    }
    switch layer.weightOrder {
    case .outputFirst: return values
    case .inputFirst:
      return lengths.count == 2 ? transpose(values, lengths, [1, 0]) : values
    case .transposedConvolution:
      // groups × inputs × outputs × kernel, to groups × outputs × inputs × kernel.
      let kernel = lengths.dropFirst(2).reduce(1, *)
      let grouped = [layer.groups, lengths[0] / layer.groups, lengths[1], kernel]
      return transpose(values, grouped, [0, 2, 1, 3])
    }
  }

  /// Statistics of a layer's weights as the file stores them, quantised ones as floats; bias and
  /// batch normalisation are left out.
  ///
  /// - Complexity: O(*weights*) time, constant memory.
  /// - Throws: ``ModelFileError/weightsUnavailable(layer:reason:)``
  public func weightStatistics(
    of layer: LayerID
  ) throws(ModelFileError) -> WeightStatistics {
    var sums = WeightSums()
    do {
      if case .filled(let dimensions, let value) = found[layer.index].weight {
        sums.add(value, times: dimensions.checkedProduct ?? 0)
      } else {
        try store.stream(found[layer.index].weight) { sums.add($0) }
      }
    } catch {
      throw .weightsUnavailable(layer: network[layer].name, reason: error.reason)
    }
    return sums.statistics
  }
}
