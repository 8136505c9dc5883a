/// Why a file could not be read or written.
public enum StorageError: Error, Equatable, Sendable {
  /// A system call failed; `reason` is the system's own word for it.
  case system(operation: String, path: String, reason: String)
  case isDirectory(path: String)
  case exists(path: String)
  case diskFull(path: String)
  /// A safetensors container that breaks the format's rules.
  case malformed(path: String, detail: String)
  case missingTensor(path: String, name: String)
  case tensorMismatch(path: String, name: String, expected: String, found: String)
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .system(let operation, let path, let reason):
      "cannot \(operation) “\(path)”: \(reason)"
    case .isDirectory(let path):
      "“\(path)” is a folder where a file is needed; name the file inside it"
    case .exists(let path):
      "“\(path)” exists already; choose another name"
    case .diskFull(let path):
      "cannot write “\(path)”: the disk, quota or size limit is full; free some space or choose another place with -o"
    case .malformed(let path, let detail):
      "“\(path)” is damaged: \(detail); make it again"
    case .missingTensor(let path, let name):
      "“\(path)” is damaged: it holds no tensor “\(name)”; make it again"
    case .tensorMismatch(let path, let name, let expected, let found):
      "“\(path)” is damaged: tensor “\(name)” is \(found), not \(expected); make it again"
    }
  }
}
