/// How clusters are made from class profiles.
public enum ClusteringMethod: String, Sendable, CaseIterable {
  /// Breathing k-means; see ``KMeans``.
  case kmeans
  /// Ward's linkage; see ``Linkage``.
  case ward
  /// Average linkage.
  case average
  /// Complete linkage.
  case complete
  /// Modes of the density, as many as there are; see ``MeanShift``.
  case meanShift = "mean-shift"

  /// The linkage behind the method; nil for those that build no tree.
  var linkage: Linkage.Method? { Linkage.Method(rawValue: rawValue) }

  /// The method's name in a sentence.
  var words: String {
    switch self {
    case .kmeans: "k-means"
    case .ward, .average, .complete: "\(rawValue) linkage"
    case .meanShift: "mean-shift"
    }
  }
}
