import Dispatch
import Explorer
import FoundationEssentials
import Storage

/// Keeps what a visit changed: one file a model and data set, below
/// `$XDG_STATE_HOME/convscope` or `~/.local/state/convscope`.
struct SessionStore: Sendable {
  private let folder: String
  /// Writes one after the other, away from the loop.
  private let queue = DispatchQueue(label: "session")

  /// Nil when neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
  init?(environment: [String: String]) {
    guard let state = StateFolder(environment: environment) else { return nil }
    folder = state.path
  }

  /// What was kept; nil when nothing was, or it cannot be read.
  func session(_ key: SessionKey) -> SavedSession? {
    guard let file = try? MappedFile(path: path(key)), file.count <= SessionStore.largest else {
      return nil
    }
    return try? JSONDecoder().decode(SavedSession.self, from: Data(file.bytes))
  }

  /// Keeps `session` in the place of an older one.
  ///
  /// - Parameter fail: Gets one sentence when it cannot be written.
  func keep(_ session: SavedSession, failing fail: @escaping @Sendable (String) -> Void) {
    queue.async {
      do {
        try write(session)
      } catch {
        fail("edits are not kept for the next visit: \(oneSentence("\(error)"))")
      }
    }
  }

  /// Returns once everything is written.
  func finish() { queue.sync {} }

  /// Bytes; no honest session comes near.
  private static let largest = 1 << 26

  private func write(_ session: SavedSession) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try encoder.encode(session)
    try makeFolders(folder)
    var file = try AtomicFile(path: path(session.key))
    try file.write(Array(data))
    try file.commit()
  }

  private func path(_ key: SessionKey) -> String {
    var hash = SHA256()
    hash.update(key.modelHash)
    hash.update(key.datasetHash)
    return "\(folder)/\(hash.hexDigest().prefix(32)).session.json"
  }
}
