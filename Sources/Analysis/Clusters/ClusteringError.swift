/// Why a clustering could not be made.
public enum ClusteringError: Error, Equatable, Sendable, CustomStringConvertible {
  case clusterCount(Int)
  case startCount(Int)
  case bandwidth(Double)
  case kernelShape(channels: Int, height: Int, width: Int, columnCount: Int)
  case cancelled

  public var description: String {
    switch self {
    case .clusterCount(let count):
      "Cannot make \(count) clusters: ask for at least 1."
    case .startCount(let count):
      "Cannot cluster with \(count) starts: ask for at least 1."
    case .bandwidth(let bandwidth):
      "Cannot shift means over a bandwidth of \(bandwidth): ask for one above 0."
    case .kernelShape(let channels, let height, let width, let columnCount):
      "Kernels of \(channels)×\(height)×\(width) do not have \(columnCount) values: give the shape that the rows have."
    case .cancelled:
      "Clustering was cancelled."
    }
  }
}
