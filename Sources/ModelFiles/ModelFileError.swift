/// Why a model could not be read.
public enum ModelFileError: Error, Hashable, Sendable {
  case notFound(path: String)
  case unreadable(path: String, reason: String)
  case isDirectory(path: String, hint: String)
  case empty(path: String)
  /// The file is of another kind; `kind` names it, `advice` says what to do.
  case foreignFormat(path: String, kind: String, advice: String)
  /// The bytes end in the middle of the model.
  case truncated(offset: Int)
  /// The bytes break the rules of the format.
  case malformed(detail: String, offset: Int?)
  /// A count or depth beyond what any model needs.
  case limitExceeded(what: String, limit: Int)
  case externalDataMissing(file: String, tensor: String)
  /// External data outside the model's folder, which is never opened.
  case externalDataOutside(location: String, tensor: String)
  case externalDataTooShort(file: String, tensor: String, needed: Int, found: Int)
  /// A layer's weights cannot be given as numbers.
  case weightsUnavailable(layer: String, reason: String)
  /// The network cannot be run from a layer's output on.
  case cannotCut(layer: String, reason: String)
}

extension ModelFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound(let path):
      "there is no file “\(path)”; check the path"
    case .unreadable(let path, let reason):
      "cannot read “\(path)”: \(reason); check its permissions"
    case .isDirectory(let path, let hint):
      "“\(path)” is a folder, not a model file; \(hint)"
    case .empty(let path):
      "“\(path)” is empty; copy or export the model again"
    case .foreignFormat(let path, let kind, let advice):
      "“\(path)” is \(kind), not an ONNX model; \(advice)"
    case .truncated(let offset):
      "the ONNX model is cut off at byte \(offset); copy or export it again"
    case .malformed(let detail, let offset):
      "this is not a valid ONNX model: \(detail)"
        + (offset.map { " at byte \($0)" } ?? "") + "; export it again"
    case .limitExceeded(let what, let limit):
      "this is not a sound ONNX model: more than \(limit) \(what); export it again"
    case .externalDataMissing(let file, let tensor):
      "the model keeps the weights “\(tensor)” in “\(file)”, which is missing; put that file"
        + " beside the model"
    case .externalDataOutside(let location, let tensor):
      "the model wants the weights “\(tensor)” from “\(location)”, outside its own folder, which"
        + " is never opened; export it with its data beside it"
    case .externalDataTooShort(let file, let tensor, let needed, let found):
      "the weights “\(tensor)” need \(needed) bytes of “\(file)”, which has only \(found); copy"
        + " that file again"
    case .weightsUnavailable(let layer, let reason):
      "the weights of layer “\(layer)” cannot be shown: \(reason)"
    case .cannotCut(let layer, let reason):
      "the network cannot be run from layer “\(layer)” on: \(reason)"
    }
  }
}
