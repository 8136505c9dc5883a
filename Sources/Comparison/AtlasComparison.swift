import Atlases
import Networks

/// Two networks side by side: before and after fine-tuning, pruning, quantising, or a rival.
public struct AtlasComparison: Equatable, Sendable {
  public var alignment: LayerAlignment
  /// One a layer of both networks, in order.
  public var layers: [LayerComparison]
  /// Nil where the two did not run on the same labelled images.
  public var predictions: PredictionComparison?

  /// - Complexity: O(layers² + weights + neurons · classes²).
  public init(_ first: Atlas, _ second: Atlas) {
    alignment = LayerAlignment(first.network, second.network)
    let areSameClasses =
      first.dataset != nil && first.dataset?.classes == second.dataset?.classes
    layers = alignment.common.map { pair in
      LayerComparison(
        first[pair.first], second[pair.second], comparesClasses: areSameClasses)
    }
    predictions = PredictionComparison(first, second)
  }

  /// Layers of the first network that the second lacks.
  public var removed: [LayerID] {
    alignment.matches.compactMap { $0.second == nil ? $0.first : nil }
  }

  /// Layers of the second network that the first lacks.
  public var added: [LayerID] {
    alignment.matches.compactMap { $0.first == nil ? $0.second : nil }
  }

  /// The first layer in order whose mean activations differ by more than `share`, which is where
  /// an error enters that later layers carry on.
  public func firstChange(above share: Double) -> LayerComparison? {
    layers.first { ($0.activationChange ?? 0) > share }
  }
}
