import Atlases
import Explorer
import FoundationEssentials
import Pipeline
import Storage

/// Where on this machine the model and the images of an analysis were last seen.
///
/// The user's own note below `$XDG_STATE_HOME/convscope`: an atlas names no path, so that opening a
/// stranger's leads nowhere, and a shared one gives no folder away.
struct FileMemory: Sendable {
  struct Files: Hashable, Sendable, Codable {
    /// Absolute.
    var modelPath: String
    /// Absolute.
    var dataPath: String
  }

  private let folder: String
  /// Bytes; no honest note comes near.
  private static let largest = 1 << 16

  /// Nil when neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
  init?(environment: [String: String]) {
    guard let folder = UserFolder.state.path(environment: environment) else { return nil }
    self.folder = folder
  }

  /// Where they were, if both are still something of the right kind; nil when nothing is known.
  func files(_ key: SessionKey) -> Files? {
    guard let files = file(key).read(), files.modelPath.hasPrefix("/"),
      files.dataPath.hasPrefix("/"), InputPath.isRegularFile(files.modelPath),
      FileManager.default.fileExists(atPath: files.dataPath)
    else { return nil }
    return files
  }

  /// Notes where they are; a note that cannot be written is no loss.
  func remember(_ key: SessionKey, modelPath: String, dataPath: String) {
    guard !key.modelHash.isEmpty, !key.datasetHash.isEmpty else { return }
    try? file(key).write(
      Files(modelPath: InputPath.absolute(modelPath), dataPath: InputPath.absolute(dataPath)))
  }

  /// Notes what a finished analysis was of; not for weights bound to a graph, which are a copy.
  func remember(_ request: AnalysisRequest, _ atlas: Atlas) {
    guard request.companionPath == nil else { return }
    remember(
      SessionKey(atlas), modelPath: request.modelPath, dataPath: request.dataPath)
  }

  private func file(_ key: SessionKey) -> JSONFile<Files> {
    JSONFile(path: "\(folder)/\(key.fileStem).files.json", largest: Self.largest)
  }
}
