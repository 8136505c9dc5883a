import Atlases
import Networks

/// What activations and accuracies of two atlases rest on, and so whether their differences are the
/// networks' alone.
public struct ComparisonBasis: Hashable, Sendable {
  /// Ways in which the images of two atlases relate.
  public enum Images: Hashable, Sendable {
    /// One of the two, or both, ran none.
    case missing
    /// The very same ones.
    case same
    /// Of one data set, other ones or more of them.
    case otherOfSameData
    /// Of two data sets.
    case otherData
  }

  /// How the images of both relate.
  public var images: Images
  /// Whether these became the same numbers; nil where one ran none, or does not say.
  public var areFedAlike: Bool?

  /// As the provenance of both tells.
  public init(_ first: Atlas, _ second: Atlas) {
    let (a, b) = (first.provenance, second.provenance)
    if a.analyzedImageCount == 0 || b.analyzedImageCount == 0 {
      images = .missing
    } else if a.datasetHash != b.datasetHash {
      images = .otherData
    } else {
      let areSame =
        a.analyzedImageCount == b.analyzedImageCount
        && a.plannedImageCount == b.plannedImageCount && a.seed == b.seed && a.shard == b.shard
      images = areSame ? .same : .otherOfSameData
    }
    guard images != .missing, var one = a.preprocessing?.chosen.preprocessing,
      let other = b.preprocessing?.chosen.preprocessing
    else { return }
    // What stands before the first class is the output's affair.
    one.backgroundOffset = other.backgroundOffset
    areFedAlike = one == other
  }
}
