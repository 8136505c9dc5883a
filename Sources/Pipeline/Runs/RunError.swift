import ModelFiles

/// Why a run could not be read; each case is one sentence.
public enum RunError: Error, Sendable, CustomStringConvertible {
  case checkpoints(CheckpointError)
  case graph(path: String, ModelFileError)
  case noCheckpoints(paths: [String])
  /// None could be opened; `reason` is that of the first.
  case noneReadable(path: String, reason: String)
  case session(SessionError)

  public var description: String {
    switch self {
    case .checkpoints(let error): "\(error)"
    case .graph(let path, let error): "“\(path)”: \(error)"
    case .noCheckpoints(let paths):
      "no checkpoints were found in \(paths.map { "“\($0)”" }.joined(separator: ", ")); name a folder"
        + " of .onnx, .pt, .pth, .ckpt, .th, .safetensors or .npz files"
    case .noneReadable(let path, let reason):
      "none of the checkpoints can be read; “\(path)”: \(reason)"
    case .session(let error): "\(error)"
    }
  }
}
