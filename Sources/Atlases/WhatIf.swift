import Analysis
import Networks

/// Neurons of one layer.
public struct LayerNeurons: Hashable, Sendable {
  public var layer: LayerID
  /// Ascending, each once.
  public var neurons: [Int]

  public init(layer: LayerID, neurons: [Int]) {
    self.layer = layer
    self.neurons = neurons
  }
}

/// What happens to the classification when neurons of any layers are switched off together.
public struct WhatIf: Equatable, Sendable {
  /// In order of layers, each once.
  public var neurons: [LayerNeurons]
  /// One entry: the change by class and what it rests on.
  public var result: LayerContributions
  /// Images whose best output changed, in the data set's order.
  public var flips: [Flip]

  public init(neurons: [LayerNeurons], result: LayerContributions, flips: [Flip]) {
    self.neurons = neurons
    self.result = result
    self.flips = flips
  }

  /// The change by class.
  public var change: Contribution? { result.entries.first }

  /// Neurons switched off, of all layers.
  public var neuronCount: Int { neurons.reduce(0) { $0 + $1.neurons.count } }

  /// Share of all images that the unchanged network gets right; nil without images.
  public var accuracyBefore: Double? {
    guard result.imageCount > 0 else { return nil }
    let right = zip(result.classCounts, result.accuracyBefore).reduce(0.0) { sum, part in
      part.0 > 0 ? sum + (Double(part.0) * Double(part.1)).rounded() : sum
    }
    return right / Double(result.imageCount)
  }

  /// The same with the neurons switched off.
  public var accuracyAfter: Double? {
    guard let before = accuracyBefore,
      let change = change?.overallAccuracyChange(counts: result.classCounts).mean
    else { return nil }
    let count = Double(result.imageCount)
    return ((before + change) * count).rounded() / count
  }
}

/// An image whose best output changed.
public struct Flip: Hashable, Sendable {
  /// In the data set.
  public var image: Int
  /// Its class.
  public var label: Int
  /// Best outputs of the network before and after.
  public var before: Int
  public var after: Int
  public var kind: FlipKind

  public init(image: Int, label: Int, before: Int, after: Int, kind: FlipKind) {
    self.image = image
    self.label = label
    self.before = before
    self.after = after
    self.kind = kind
  }
}

/// Which way an image's answer changed.
public enum FlipKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Right before, wrong after.
  case lost
  /// Wrong before, right after.
  case gained
  /// Wrong before and after, in another way.
  case moved
}
