import Storage

/// Why a checkpoint's weights could not take the place of a graph's.
public enum BindingError: Error, Equatable, Sendable {
  /// What did not fit, one clause each.
  case misfit([String])
  case weights(CheckpointError)
  case storage(StorageError)
}

extension BindingError: CustomStringConvertible {
  /// Clauses told one by one.
  private static let toldCount = 6

  public var description: String {
    switch self {
    case .misfit(let clauses):
      "the checkpoint does not fit the graph: "
        + clauses.prefix(Self.toldCount).joined(separator: "; ")
        + (clauses.count > Self.toldCount ? "; and \(clauses.count - Self.toldCount) more" : "")
        + "; give the ONNX file of the same network, exported after training"
    case .weights(let error): "\(error)"
    case .storage(let error): "\(error)"
    }
  }
}
