import Dispatch
import Explorer
import Storage

/// Keeps what a visit changed: one file a model and data set, below
/// `$XDG_STATE_HOME/convscope` or `~/.local/state/convscope`.
struct SessionStore: Sendable {
  private let folder: String
  /// Writes one after the other, away from the loop.
  private let queue = DispatchQueue(label: "session")

  /// Nil when neither `XDG_STATE_HOME` nor `HOME` is an absolute path.
  init?(environment: [String: String]) {
    guard let state = UserFolder.state.path(environment: environment) else { return nil }
    folder = state
  }

  /// What was kept; nil when nothing was, or it cannot be read.
  func session(_ key: SessionKey) -> SavedSession? { file(key).read() }

  /// Keeps `session` in the place of an older one.
  ///
  /// - Parameter fail: Gets one sentence when it cannot be written.
  func keep(_ session: SavedSession, failing fail: @escaping @Sendable (String) -> Void) {
    queue.async {
      do {
        try file(session.key).write(session)
      } catch {
        fail("edits are not kept for the next visit: \(oneSentence("\(error)"))")
      }
    }
  }

  /// Returns once everything is written.
  func finish() { queue.sync {} }

  /// Bytes; no honest session comes near.
  private static let largest = 1 << 26

  private func file(_ key: SessionKey) -> JSONFile<SavedSession> {
    JSONFile(path: "\(folder)/\(key.fileStem).session.json", largest: Self.largest)
  }
}

extension SessionKey {
  /// What the files of a model with these images are called, ending aside.
  var fileStem: String {
    var hash = SHA256()
    hash.update(modelHash)
    hash.update(datasetHash)
    return String(hash.hexDigest().prefix(32))
  }
}
