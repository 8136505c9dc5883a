import Atlases
import Dispatch
import Explorer
import Networks
import Pipeline
import Synchronization

/// Switches neurons off beside the explorer, one measurement at a time, in the order the
/// explorer asks for; what comes out becomes the loop's messages and is kept in the cache.
final class AblationFeed: Sendable {
  private let mailbox: Mailbox<LoopMessage>
  private let work = Mutex(Work())
  private let queue = DispatchQueue(label: "ablation", qos: .utility)

  private struct Work {
    /// Nil until the analysis is over.
    var source: AblationSession?
    var wishes: [ContributionWish] = []
    var isRunning = false
    var isEnded = false
    /// What is being measured, and by whom.
    var current: (wish: ContributionWish, session: AblationSession)?
    /// Come before all wishes.
    var requests: [WhatIfRequest] = []
    /// What was measured and is not kept yet, by layer.
    var found: [Int: LayerContributions] = [:]

    /// Whether work has to be begun, which it then counts as.
    mutating func starts() -> Bool {
      guard !isRunning, !isEnded, source != nil, !wishes.isEmpty || !requests.isEmpty else {
        return false
      }
      isRunning = true
      return true
    }
  }

  private enum Job {
    case contributions(ContributionWish, AblationSession)
    case whatIf(WhatIfRequest, AblationSession)
  }

  init(mailbox: Mailbox<LoopMessage>) {
    self.mailbox = mailbox
  }

  /// From now on measurements can be made.
  func start(_ source: AblationSession) {
    work.withLock { $0.source = source }
    mailbox.post(.action(.ablationPossible))
  }

  /// Replaces what is to be measured; a layer that is no longer wanted is given up.
  func measure(_ wishes: [ContributionWish]) {
    let (abandoned, starts) = work.withLock { state -> (AblationSession?, Bool) in
      let current = state.current
      state.wishes = wishes.filter { $0 != current?.wish }
      let isWanted = wishes.contains { $0.layer == current?.wish.layer }
      return (isWanted ? nil : current?.session, state.starts())
    }
    abandoned?.cancel()
    if starts { queue.async { self.run() } }
  }

  /// Switches neurons off before going on with contributions.
  func ablate(_ request: WhatIfRequest) {
    let (interrupted, starts) = work.withLock { state -> (AblationSession?, Bool) in
      state.requests.append(request)
      if let wish = state.current?.wish { state.wishes.insert(wish, at: 0) }
      return (state.current?.session, state.starts())
    }
    interrupted?.cancel()
    if starts { queue.async { self.run() } }
  }

  /// Ends everything and keeps what was measured.
  func end() {
    let current = work.withLock { state in
      state.isEnded = true
      state.wishes = []
      state.requests = []
      return state.current?.session
    }
    current?.cancel()
    queue.sync {}
    keep()
  }

  private func run() {
    while let job = next() {
      switch job {
      case .contributions(let wish, let session): measure(wish, session)
      case .whatIf(let request, let session): answer(request, session)
      }
    }
    keep()
  }

  private func measure(_ wish: ContributionWish, _ session: AblationSession) {
    let layer = wish.layer
    do {
      let found = try session.measure(wish.sets, of: LayerID(layer)) { [mailbox] done, planned in
        let news = LoopMessage.action(
          .measuring(MeasuringProgress(layer: layer, done: done, planned: planned)))
        mailbox.post(news) { $0.isReplaced(by: news) }
      }
      work.withLock { $0.found[layer] = $0.found[layer]?.merging(found) ?? found }
      mailbox.post(.action(.contributionsMeasured(layer: layer, found)))
    } catch SessionError.cancelled {
      return
    } catch {
      let reason = CommandFailure(error).sentence
      mailbox.post(.action(.contributionsUnavailable(layer: layer, reason: reason)))
    }
  }

  private func answer(_ request: WhatIfRequest, _ session: AblationSession) {
    do {
      let options = AblationOptions(replacement: request.replacement)
      let result = try session.whatIf(request.neurons, options)
      mailbox.post(.action(.ablated(request, result)))
    } catch {
      let reason = CommandFailure(error).sentence
      mailbox.post(.action(.ablationFailed(request, reason: reason)))
    }
  }

  /// The next thing to do, taken from the lists.
  private func next() -> Job? {
    work.withLock { state in
      state.current = nil
      guard let source = state.source, !state.isEnded else {
        state.isRunning = false
        return nil
      }
      let session = source.another()
      if !state.requests.isEmpty { return .whatIf(state.requests.removeFirst(), session) }
      guard !state.wishes.isEmpty else {
        state.isRunning = false
        return nil
      }
      let wish = state.wishes.removeFirst()
      state.current = (wish, session)
      return .contributions(wish, session)
    }
  }

  /// Adds what was measured to the kept atlas; what cannot be written is measured again some day.
  private func keep() {
    let (source, found) = work.withLock { state in
      defer { state.found = [:] }
      return (state.source, state.found)
    }
    guard let source, !found.isEmpty else { return }
    try? source.keep(source.network.layers.indices.map { found[$0] })
  }
}
