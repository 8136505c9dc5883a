import Networks

/// What a network loses when a part of it is taken out, measured on labelled images, the same ones
/// before and after; nothing is trained anew.
public struct RemovalTrial: Hashable, Sendable {
  public var layer: LayerID
  /// Neurons that were held at their mean value together, ascending; nil where the layer as a whole
  /// was bypassed: its output replaced by its input.
  public var neurons: [Int]?
  /// Labelled images that were run.
  public var imageCount: Int
  public var correctBefore: Int
  /// Images that were right before and wrong after, and the other way round.
  public var lostCount: Int
  public var gainedCount: Int

  public init(
    layer: LayerID, neurons: [Int]?, imageCount: Int, correctBefore: Int, lostCount: Int,
    gainedCount: Int
  ) {
    self.layer = layer
    self.neurons = neurons
    self.imageCount = imageCount
    self.correctBefore = correctBefore
    self.lostCount = lostCount
    self.gainedCount = gainedCount
  }

  /// Share of the images that were right before; 0 without images.
  public var accuracyBefore: Double {
    imageCount > 0 ? Double(correctBefore) / Double(imageCount) : 0
  }

  /// Accuracy after less that before; 0 without images.
  public var accuracyChange: Double {
    imageCount > 0 ? Double(gainedCount - lostCount) / Double(imageCount) : 0
  }

  /// 95 % interval of the change for images like these: that of a difference of matched shares, half
  /// an image added to each of the four outcomes. A. Agresti, Y. Min, "Simple improved confidence
  /// intervals for comparing matched proportions", Statistics in Medicine 24, 2005,
  /// doi:10.1002/sim.1781.
  public var interval: ClosedRange<Double> {
    let count = Double(imageCount) + 2
    let (lost, gained) = (Double(lostCount) + 0.5, Double(gainedCount) + 0.5)
    let mean = (gained - lost) / count
    let variance = max(0, lost + gained - (gained - lost) * (gained - lost) / count)
    let reach = 1.959964 * variance.squareRoot() / count
    return max(-1, mean - reach)...min(1, mean + reach)
  }
}
