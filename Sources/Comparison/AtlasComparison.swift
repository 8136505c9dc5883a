import Analysis
import Atlases
import Networks

/// Two networks side by side: before and after fine-tuning, pruning, quantising, or a rival.
public struct AtlasComparison: Equatable, Sendable {
  public var alignment: LayerAlignment
  /// Whether differences of activations are the networks' alone.
  public var basis: ComparisonBasis
  /// One a layer of both networks, in order.
  public var layers: [LayerComparison]
  /// Nil where the two did not run on the same labelled images.
  public var predictions: PredictionComparison?

  /// - Parameter samples: What both networks' layers gave on single images, one a layer, where that
  ///   was kept. Left out where the two did not run on the same images.
  /// - Complexity: O(layers² + weights + neurons · classes² + layers · images² · neurons).
  public init(
    _ first: Atlas, _ second: Atlas,
    samples: (first: [ActivationSample], second: [ActivationSample])? = nil
  ) {
    alignment = LayerAlignment(first.network, second.network)
    basis = ComparisonBasis(first, second)
    let areSameClasses =
      first.dataset != nil && first.dataset?.classes == second.dataset?.classes
    layers = alignment.common.map { pair in
      LayerComparison(
        first[pair.first], second[pair.second], comparesClasses: areSameClasses)
    }
    predictions = PredictionComparison(first, second)
    let areSameImages =
      first.dataset != nil && first.dataset?.imageNames == second.dataset?.imageNames
      && first.provenance.datasetHash == second.provenance.datasetHash
    guard areSameImages, let samples else { return }
    for (place, pair) in alignment.common.enumerated()
    where samples.first.indices.contains(pair.first.index)
      && samples.second.indices.contains(pair.second.index)
    {
      layers[place].imageAlignment = ImageAlignment(
        samples.first[pair.first.index], samples.second[pair.second.index])
    }
  }

  /// Layers of the first network that the second lacks.
  public var removed: [LayerID] {
    alignment.matches.compactMap { $0.second == nil ? $0.first : nil }
  }

  /// Layers of the second network that the first lacks.
  public var added: [LayerID] {
    alignment.matches.compactMap { $0.first == nil ? $0.second : nil }
  }

  /// The step in which the two drift apart most: the layer whose alignment image by image falls most
  /// below that of the layer before, and by how much. Nil where nothing falls.
  public var largestDrop: (layer: LayerComparison, drop: Double)? {
    var best: (layer: LayerComparison, drop: Double)?
    var before = 1.0
    for layer in layers {
      guard let value = layer.imageAlignment?.value else { continue }
      let drop = before - value
      if drop > best?.drop ?? 0 { best = (layer, drop) }
      before = value
    }
    return best
  }

  /// The first layer in order whose mean activations differ by more than `share`, which is where
  /// an error enters that later layers carry on.
  public func firstChange(above share: Double) -> LayerComparison? {
    layers.first { ($0.activationChange ?? 0) > share }
  }
}
