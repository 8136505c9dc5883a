import Storage

/// Why an atlas could not be opened or written.
public enum AtlasError: Error, Equatable, Sendable {
  case storage(StorageError)
  /// A safetensors file of something else.
  case foreign(path: String)
  case version(path: String, found: String, supported: String)
  /// Readable, but its parts contradict each other.
  case inconsistent(path: String, detail: String)
  /// Parts of different analyses cannot be joined.
  case mismatch(path: String, other: String, detail: String)
}

extension AtlasError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .storage(let error): error.description
    case .foreign(let path):
      "“\(path)” is a safetensors file but no convscope atlas; make one with convscope analyze"
    case .version(let path, let found, let supported):
      "“\(path)” has atlas version \(found), this convscope reads \(supported); analyse again"
    case .inconsistent(let path, let detail):
      "“\(path)” is damaged: \(detail); analyse again"
    case .mismatch(let path, let other, let detail):
      "“\(path)” and “\(other)” cannot be joined: \(detail)"
    }
  }
}
