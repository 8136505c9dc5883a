import Inference

/// Why an analysis ended before its time.
public enum AnalysisError: Error, Equatable, Sendable {
  case inference(InferenceError)
  /// A layer's tensor is not what the model file promised.
  case unexpectedShape(tensor: String, shape: [Int], neuronCount: Int)
  /// The network takes batches of one fixed size that is not positive.
  case resumedPlanDiffers
}

extension AnalysisError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inference(let error): error.description
    case .unexpectedShape(let tensor, let shape, let neuronCount):
      "The tensor `\(tensor)` came out as \(shape.map(String.init).joined(separator: "×")), which"
        + " does not hold \(neuronCount) neurons an image: its layer cannot be summarised."
    case .resumedPlanDiffers:
      "The partial result to go on from is of other layers, classes or images; start anew."
    }
  }
}

extension AnalysisError {
  /// Whatever ended a run.
  init(_ error: any Error) {
    switch error {
    case let error as AnalysisError: self = error
    case let error as InferenceError: self = .inference(error)
    default: self = .inference(.runFailed("\(error)"))
    }
  }
}
