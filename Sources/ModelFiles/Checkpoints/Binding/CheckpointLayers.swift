/// Tensors of a checkpoint that belong together by name: those of one module.
public struct CheckpointLayer: Hashable, Sendable {
  /// As far as names and shapes prove.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// A weight of three to five axes.
    case convolution
    /// A weight of two axes.
    case dense
    /// A running mean and variance.
    case batchNormalization
    /// A weight of one axis: some other normalisation, or a slope.
    case vector
    case unknown
  }

  /// `layer1.0.conv1`; empty for tensors whose names have no dot.
  public var name: String
  public var kind: Kind
  /// In the order of the file.
  public var tensors: [CheckpointTensor]

  /// The tensor of that name within the layer.
  public subscript(_ part: String) -> CheckpointTensor? {
    tensors.first { $0.name == (name.isEmpty ? part : "\(name).\(part)") }
  }
}

extension Checkpoint {
  /// The layers that names and shapes prove, in the order of their first tensor.
  ///
  /// - Complexity: O(*tensors*).
  public var layers: [CheckpointLayer] {
    var places: [String: Int] = [:]
    var layers: [CheckpointLayer] = []
    for tensor in tensors {
      let stem = tensor.name.lastIndex(of: ".").map { String(tensor.name[..<$0]) } ?? ""
      if let place = places[stem] {
        layers[place].tensors.append(tensor)
      } else {
        places[stem] = layers.count
        layers.append(CheckpointLayer(name: stem, kind: .unknown, tensors: [tensor]))
      }
    }
    for place in layers.indices { layers[place].kind = layers[place].provedKind }
    return layers
  }
}

extension CheckpointLayer {
  fileprivate var provedKind: Kind {
    if let mean = self["running_mean"], let variance = self["running_var"],
      mean.shape.count == 1, mean.shape == variance.shape
    {
      return .batchNormalization
    }
    guard let weight = self["weight"] else { return .unknown }
    switch weight.shape.count {
    case 3...5: return .convolution
    case 2: return .dense
    case 1: return .vector
    default: return .unknown
    }
  }
}
