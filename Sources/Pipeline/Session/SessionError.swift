import AtlasFiles
import Inference
import ModelFiles
import Storage

/// Why an analysis could not begin or go on; each is one sentence.
public enum SessionError: Error, Sendable, CustomStringConvertible {
  case model(path: String, ModelFileError)
  case checkpoint(path: String, CheckpointError)
  case dataset(DatasetError)
  case engine(InferenceError)
  case analysis(AnalysisError)
  case atlas(AtlasError)
  case storage(StorageError)
  case preprocessing(PreprocessingError)
  /// The network takes no image, or gives no class scores.
  case cannotAnalyze(model: String, reason: String)
  case noImages(path: String)
  /// Switching neurons off could not be measured.
  case cannotAblate(reason: String)
  /// Model or images are not those that an atlas is of.
  case otherFiles(reason: String)
  /// No image that was to run could be read.
  case unreadableImage(reason: String)
  case cancelled
  /// The atlas could not be written where it was asked for, but into the cache.
  indirect case keptInCache(SessionError)

  public var description: String {
    switch self {
    case .model(_, let error): "\(error)"
    case .checkpoint(_, let error): "\(error)"
    case .dataset(let error): "\(error)"
    case .engine(let error): "\(error)"
    case .analysis(let error): "\(error)"
    case .atlas(let error): "\(error)"
    case .storage(let error): "\(error)"
    case .preprocessing(let error): "\(error)"
    case .cannotAnalyze(let model, let reason):
      "“\(model)” cannot be run on images: \(clause(of: reason)); open it without --data for its structure"
    case .noImages(let path): "“\(path)” holds no images; name a folder of class folders"
    case .cannotAblate(let reason):
      "switching neurons off cannot be measured: \(reason); give labelled images with --data"
    case .otherFiles(let reason):
      "\(reason): give the files that were analysed, or analyse these"
    case .unreadableImage(let reason): "the image cannot be read: \(reason)"
    case .cancelled: "the analysis was stopped before there was a result"
    case .keptInCache(let error):
      "\(error); the analysis is kept in the cache, so that the same command need not run it again"
    }
  }

  /// A sentence as part of another.
  private func clause(of sentence: String) -> String {
    let words = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return words.hasPrefix("The ") ? "the " + words.dropFirst(4) : words
  }
}
