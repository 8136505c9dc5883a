import Inference
import Synchronization

/// Ends the search for preprocessing from any thread, within the time of one operator.
///
/// All ways run in one session of the engine; ending what that runs ends the search.
final class SearchStop: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isRaised = false
    var session: (any InferenceSession)?
  }

  /// Ends the search that runs, and any that begins.
  func raise() {
    let session = state.withLock { state in
      state.isRaised = true
      return state.session
    }
    session?.cancel()
  }

  /// - Throws: ``SessionError/cancelled`` once raised.
  func check() throws(SessionError) {
    if state.withLock({ $0.isRaised }) { throw .cancelled }
  }

  /// From now on ends what `session` runs, at once if already raised.
  func watch(_ session: any InferenceSession) {
    let isRaised = state.withLock { state in
      state.session = session
      return state.isRaised
    }
    if isRaised { session.cancel() }
  }

  /// The search is over: its session is others' now.
  func release() { state.withLock { $0.session = nil } }
}
