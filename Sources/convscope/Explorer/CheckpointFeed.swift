import Atlases
import Comparison
import Explorer
import Pipeline
import Synchronization

/// Opens checkpoints of a run for the explorer, one after another; clusters keep the letters they
/// have at the checkpoint that was opened first.
final class CheckpointFeed: Sendable {
  private let session: RunSession
  private let mailbox: Mailbox<LoopMessage>
  private let anchor: Atlas
  private let state: Mutex<State>

  private struct State {
    var checkpoints: [RunCheckpoint]
    /// What is looked at, by file name.
    var shown: String
    /// What was asked for and did not come yet.
    var wanted: String?

    func moment(of fileName: String) -> RunMoment? {
      checkpoints.firstIndex { $0.fileName == fileName }.map { place in
        RunMoment(label: checkpoints[place].label, place: place, count: checkpoints.count)
      }
    }
  }

  /// - Parameter anchor: The atlas of the checkpoint that is shown first.
  init(
    _ session: RunSession, mailbox: Mailbox<LoopMessage>, _ checkpoints: [RunCheckpoint],
    showing fileName: String, anchor: Atlas
  ) {
    self.session = session
    self.mailbox = mailbox
    self.anchor = anchor
    state = Mutex(State(checkpoints: checkpoints, shown: fileName))
  }

  /// The checkpoint that is looked at.
  var fileName: String { state.withLock { $0.shown } }

  /// Where it stands in the run.
  var moment: RunMoment? { state.withLock { $0.moment(of: $0.shown) } }

  /// Asks for the checkpoint so many after the one wanted last; those that cannot be read are
  /// passed over.
  func step(by count: Int) {
    let wanted = state.withLock { state -> String? in
      let from = state.wanted ?? state.shown
      guard var place = state.checkpoints.firstIndex(where: { $0.fileName == from }) else {
        return nil
      }
      repeat {
        place += count
      } while state.checkpoints.indices.contains(place)
        && state.checkpoints[place].problem != nil
      guard state.checkpoints.indices.contains(place) else { return nil }
      state.wanted = state.checkpoints[place].fileName
      return state.wanted
    }
    guard let wanted else {
      mailbox.post(.action(.message("there is no readable checkpoint further on")))
      return
    }
    session.open(wanted)
  }

  /// Takes what the session tells meanwhile.
  func take(_ event: RunEvent) {
    switch event {
    case .updated(let run):
      let moment = state.withLock { state -> RunMoment? in
        state.checkpoints = run.checkpoints
        return state.moment(of: state.shown)
      }
      if let moment { mailbox.post(.action(.runChanged(moment))) }
    case .opened(let fileName, let atlas):
      let moment = state.withLock { state -> RunMoment? in
        guard state.wanted == fileName else { return nil }
        (state.shown, state.wanted) = (fileName, nil)
        return state.moment(of: fileName)
      }
      guard let moment else { return }
      mailbox.post(.action(.checkpointOpened(atlas.keepingLetters(of: anchor), moment)))
    case .unavailable(let fileName, let reason):
      state.withLock { $0.wanted = nil }
      mailbox.post(.action(.message("\(fileName) cannot be opened: \(reason)")))
    case .phase, .watching, .failed: break
    }
  }
}
