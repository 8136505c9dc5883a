import Networks

/// Why a network could not run. Each case reads as one sentence: what, where, what to do.
public enum InferenceError: Error, Hashable, Sendable {
  /// No library at any of the places; `tooOld` names one that was there but could not serve.
  case engineNotFound(tooOld: String?)
  /// The library at `path` cannot be used.
  case engineUnusable(path: String, reason: String)
  case providerUnavailable(name: String, available: [String], reason: String)
  case modelUnreadable(path: String, reason: String)
  /// The engine does not know an operator of the model.
  case unknownOperator(name: String, path: String)
  /// The engine refuses the model.
  case modelRejected(path: String, reason: String)
  case severalInputs([String])
  case unusableInput(name: String, type: ElementType)
  case noSuchTensor(String)
  case unusableTensor(name: String, reason: String)
  case wrongInputShape(given: [Int], reason: String)
  case outOfMemory(doing: String)
  case runFailed(String)
  case cancelled
}

extension InferenceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .engineNotFound(let tooOld):
      (tooOld.map { "The ONNX Runtime at \($0) is older than 1.20" }
        ?? "No ONNX Runtime was found")
        + ": run `make setup`, or `pip install onnxruntime`, or set CONVSCOPE_ONNXRUNTIME to the"
        + " path of a libonnxruntime.so of 1.20 or newer; `convscope doctor` lists where it looked."
    case .engineUnusable(let path, let reason):
      "The ONNX Runtime at \(path) cannot be used (\(reason)): set CONVSCOPE_ONNXRUNTIME to the"
        + " path of another libonnxruntime.so."
    case .providerUnavailable(let name, let available, let reason):
      "This ONNX Runtime cannot run on `\(name)` (\(reason)): it offers"
        + " \(available.joined(separator: ", ")); choose one of them with --provider."
    case .modelUnreadable(let path, let reason):
      "The model \(path) could not be read: \(reason)."
    case .unknownOperator(let name, let path):
      "The model \(path) uses the operator \(name), which ONNX Runtime does not know: export it"
        + " with standard operators; `convscope info` still shows its structure."
    case .modelRejected(let path, let reason):
      "ONNX Runtime cannot run the model \(path): \(reason)."
    default: runDescription
    }
  }

  private var runDescription: String {
    switch self {
    case .severalInputs(let names):
      names.isEmpty
        ? "The network takes no input, so no image can run through it."
        : "The network takes \(names.count) inputs (\(names.joined(separator: ", "))); only"
          + " networks with one image input can be analysed, but `convscope info` shows this one."
    case .unusableInput(let name, let type):
      "The network's input `\(name)` takes \(type.rawValue) values, not an image; `convscope info`"
        + " shows its structure."
    case .noSuchTensor(let name):
      "The network has no tensor named `\(name)`."
    case .unusableTensor(let name, let reason):
      "The tensor `\(name)` cannot be read as numbers: \(reason)."
    case .wrongInputShape(let given, let reason):
      "The network does not take an input of shape"
        + " \(given.map(String.init).joined(separator: "×")): \(reason)."
    case .outOfMemory(let doing):
      "Not enough memory for \(doing): use a smaller batch, fewer workers or a larger machine."
    case .runFailed(let reason):
      "The network failed while running: \(reason)."
    default: "The run was cancelled."
    }
  }
}
