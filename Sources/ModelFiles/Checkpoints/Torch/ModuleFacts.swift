/// A module of a model that was pickled whole: its class by name, and the numbers it was set up
/// with. No other checkpoint says how a convolution moves.
public struct ModuleFacts: Hashable, Sendable, Codable {
  /// `layer1.0.conv1`; empty for the model itself.
  public var name: String
  /// `torch.nn.modules.conv.Conv2d`.
  public var className: String
  /// Such as `stride` and `eps`, by name.
  public var settings: [MetadataEntry]

  private static let known = [
    "kernel_size", "stride", "padding", "dilation", "groups", "in_channels", "out_channels",
    "in_features", "out_features", "num_features", "eps", "negative_slope", "p",
  ]

  init(className: String, _ prefix: String, _ state: PickleGraph.ID, _ graph: PickleGraph) {
    name = printable(String(prefix.dropLast()))
    self.className = printable(className)
    settings = Self.known.compactMap { key in
      guard let value = graph.value(key, of: state), let text = Self.text(value, graph) else {
        return nil
      }
      return MetadataEntry(key: key, value: text)
    }
  }

  private static func text(_ id: PickleGraph.ID, _ graph: PickleGraph) -> String? {
    switch graph[id].value {
    case .integer(let number): return "\(number)"
    case .real(let number): return "\(number)"
    case .text(let text): return printable(text)
    default: return graph.integers(id)?.map(String.init).joined(separator: "×")
    }
  }
}
