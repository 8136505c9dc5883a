/// Why a preprocessing could not be understood.
public enum PreprocessingError: Error, Hashable, Sendable {
  /// An unknown word, key or preset in `--preprocess`.
  case unknown(word: String)
  case value(key: String, value: String, expected: String)
  /// The network's input is of another size, layout or channel count.
  case mismatch(what: String, given: String, network: String)
  case sidecar(path: String, reason: String)
}

extension PreprocessingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknown(let word):
      "“\(word)” is not known in a preprocessing; write for example "
        + "imagenet or size=224,order=bgr,scale=255,mean=104/117/123,std=1,resize=stretch"
    case .value(let key, let value, let expected):
      "“\(value)” is no value for “\(key)” in a preprocessing; give \(expected)"
    case .mismatch(let what, let given, let network):
      "the preprocessing has \(what) \(given) but the network's input has \(network)"
    case .sidecar(let path, let reason):
      "“\(path)” cannot be used: \(reason); correct or delete it"
    }
  }
}
