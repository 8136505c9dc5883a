/// Why a clustering could not be made.
public enum ClusteringError: Error, Equatable, Sendable, CustomStringConvertible {
  case clusterCount(Int)
  case startCount(Int)
  case cancelled

  public var description: String {
    switch self {
    case .clusterCount(let count):
      "Cannot make \(count) clusters: ask for at least 1."
    case .startCount(let count):
      "Cannot cluster with \(count) starts: ask for at least 1."
    case .cancelled:
      "Clustering was cancelled."
    }
  }
}
