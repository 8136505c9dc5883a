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
    guard case .layer(let target) = edge.target else { return nil }
    return try connectionStrengths(of: [edge], into: target)[0]
  }

  /// The same for several edges that end in one layer, whose weights are read once.
  ///
  /// - Parameter limit: Most numbers of a result; larger ones are nil.
  /// - Complexity: O(*weights of the target* + *results*) time, O(*results*) memory.
  /// - Throws: ``ModelFileError/weightsUnavailable(layer:reason:)``
  public func connectionStrengths(
    of edges: [LayerEdge], into target: LayerID, limit: Int = .max
  ) throws(ModelFileError) -> [Matrix?] {
    let layer = found[target.index]
    let counts = edges.map { edge in
      edge.target == .layer(target) && !edge.routes.isEmpty ? channelCount(of: edge) ?? 0 : 0
    }
    do throws(NumbersUnavailable) {
      for count in counts {
        guard [layer.neuronCount, count].checkedProduct ?? .max <= WeightStore.largestCount else {
          throw NumbersUnavailable(reason: "there are too many connections")
        }
      }
      let wanted = edges.indices.filter {
        counts[$0] > 0 && layer.neuronCount * counts[$0] <= limit
      }
      let found = try strengths(layer, wanted.map { (edges[$0].routes, counts[$0]) })
      var result: [Matrix?] = Array(repeating: nil, count: edges.count)
      for (place, matrix) in zip(wanted, found) { result[place] = matrix }
      return result
    } catch {
      throw .weightsUnavailable(layer: network[target].name, reason: error.reason)
    }
  }

  private func strengths(
    _ layer: FoundLayer, _ sources: [(routes: [ChannelRoute], channelCount: Int)]
  ) throws(NumbersUnavailable) -> [Matrix] {
    guard !sources.isEmpty else { return [] }
    let fold = try AffineFold(layer, store)
    var strength = StrengthSums(layer, sources, fold.factors)
    if layer.weight.isTransposed {
      let values = try store.floats(of: layer.weight)
      strength.add(values.span)
    } else {
      try store.stream(layer.weight) { strength.add($0) }
    }
    return strength.matrices(sources.map(\.channelCount))
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
