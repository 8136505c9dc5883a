import Tensors

extension ActivationStatistics {
  /// Share of images below which a neuron that does fire counts as nearly dead, unless the reader
  /// chooses another.
  public static let nearlyDeadShare = 0.01

  /// Share of the images in which a neuron's spatial max exceeds 0; nil where no labelled image was
  /// seen, or the neuron was not finite in some image.
  ///
  /// - Complexity: O(classes).
  public func firingShare(of neuron: Int) -> Double? {
    var (firing, total) = (0.0, 0.0)
    firingShare.withRow(neuron) { shares in
      for column in shares.indices where classCounts[column] > 0 {
        firing += Double(shares[column]) * Double(classCounts[column])
        total += Double(classCounts[column])
      }
    }
    guard total > 0, firing.isFinite else { return nil }
    return firing / total
  }

  /// Whether a neuron fires in fewer than `share` of the images, but does fire.
  public func isNearlyDead(_ neuron: Int, below share: Double = nearlyDeadShare) -> Bool {
    guard !health[neuron].isDead, let firing = firingShare(of: neuron) else { return false }
    return firing < share
  }
}
