import Networks
import Tensors

extension ModelFile {
  /// Signed strength from each source channel to each neuron of the edge's target: the sum over
  /// kernel positions, and over the positions of a flattened channel, of the weights that lead
  /// from one to the other, batch normalisation folded in.
  ///
  /// - Returns: Neurons of the target × channels of the source; nil when the edge ends in an
  ///   output of the network or its channels could not be followed.
  /// - Complexity: O(*weights of the target*) time, O(*result*) memory.
  /// - Throws: ``ModelFileError/weightsUnavailable(layer:reason:)``
  public func connectionStrength(of edge: LayerEdge) throws(ModelFileError) -> Matrix? {
    guard case .layer(let target) = edge.target, !edge.routes.isEmpty,
      let channelCount = channelCount(of: edge), channelCount > 0
    else { return nil }
    let layer = found[target.index]
    do {
      return Matrix(
        rowCount: layer.neuronCount, columnCount: channelCount,
        values: try strengths(layer, edge.routes, channelCount))
    } catch {
      throw .weightsUnavailable(layer: network[target].name, reason: error.reason)
    }
  }

  private func strengths(
    _ layer: FoundLayer, _ routes: [ChannelRoute], _ channelCount: Int
  ) throws(NumbersUnavailable) -> [Float] {
    guard [layer.neuronCount, channelCount].checkedProduct ?? .max <= WeightStore.largestCount
    else {
      throw NumbersUnavailable(reason: "there are too many connections")
    }
    let fold = try AffineFold(layer, store)
    let tables = InputTables(routes, layer.inputCount)
    var strength = StrengthSum(layer, tables, channelCount, fold.factors)
    if layer.weight.isTransposed {
      let values = try store.floats(of: layer.weight)
      strength.add(values.span)
    } else {
      try store.stream(layer.weight) { strength.add($0) }
    }
    return strength.values
  }

  /// Channels of the edge's source.
  private func channelCount(of edge: LayerEdge) -> Int? {
    switch edge.source {
    case .layer(let id): network[id].neuronCount
    case .input, .output:
      edge.routes.map { $0.sourceStart + max(0, ($0.count - 1) * $0.sourceStep) + 1 }.max()
    }
  }
}

/// For each input of a layer the source channel that arrives there, or −1.
private struct InputTables {
  /// More than one where two channels are added before they arrive.
  private(set) var tables: [[Int32]] = []

  init(_ routes: [ChannelRoute], _ inputCount: Int) {
    for route in routes {
      for channel in 0..<route.count {
        let source = Int32(clamping: route.sourceStart + channel * route.sourceStep)
        for position in 0..<route.spatialCount {
          let input =
            route.targetStart + channel * route.targetStep
            + position * route.positionStep
          if (0..<inputCount).contains(input) { set(input, source, inputCount) }
        }
      }
    }
  }

  private mutating func set(_ input: Int, _ source: Int32, _ inputCount: Int) {
    for place in tables.indices where tables[place][input] < 0 {
      tables[place][input] = source
      return
    }
    guard tables.count < 16 else { return }
    var table = Array(repeating: Int32(-1), count: inputCount)
    table[input] = source
    tables.append(table)
  }
}

/// Adds up weights, handed over in the order in which they are stored.
private struct StrengthSum {
  private(set) var values: [Float]
  private let tables: [[Int32]]
  private let factors: [Float]
  private let channelCount: Int
  private let order: WeightOrder
  private let kernelCount: Int
  private let innerCount: Int
  private let inputsPerGroup: Int
  private let neuronsPerGroup: Int
  /// Place of the next weight.
  private var outer = 0
  private var inner = 0
  private var position = 0

  init(_ layer: FoundLayer, _ tables: InputTables, _ channelCount: Int, _ factors: [Float]) {
    values = Array(repeating: 0, count: layer.neuronCount * channelCount)
    self.tables = tables.tables
    self.factors = factors
    self.channelCount = channelCount
    let lengths = layer.weight.dimensions
    order = layer.weightOrder
    kernelCount = max(1, lengths.dropFirst(2).reduce(1, *))
    innerCount = lengths.count > 1 ? lengths[1] : 1
    inputsPerGroup = max(1, layer.kernelShape[1])
    neuronsPerGroup = max(1, layer.neuronCount / layer.groups)
  }

  mutating func add(_ weights: Span<Float>) {
    var place = 0
    while place < weights.count {
      let run = min(kernelCount - position, weights.count - place)
      var sum: Float = 0
      for i in place..<place + run { sum += weights[i] }
      add(sum)
      place += run
      position += run
      if position == kernelCount {
        position = 0
        inner += 1
        if inner == innerCount {
          inner = 0
          outer += 1
        }
      }
    }
  }

  private mutating func add(_ weight: Float) {
    let neuron: Int
    let input: Int
    switch order {
    case .outputFirst:
      neuron = outer
      input = outer / neuronsPerGroup * inputsPerGroup + inner
    case .inputFirst:
      neuron = inner
      input = outer
    case .transposedConvolution:
      neuron = outer / inputsPerGroup * neuronsPerGroup + inner
      input = outer
    }
    for table in tables where table.indices.contains(input) && neuron < factors.count {
      let source = Int(table[input])
      if source >= 0, source < channelCount {
        values[neuron * channelCount + source] += weight * factors[neuron]
      }
    }
  }
}
