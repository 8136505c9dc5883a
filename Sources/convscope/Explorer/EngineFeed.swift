import Atlases
import Dispatch
import Explorer
import Networks
import Pipeline
import Synchronization

/// Runs the network beside the explorer, one thing at a time and with one model open: images that
/// are looked at first, then neurons switched off in the order the explorer asks for. What comes
/// out becomes the loop's messages; what was measured is kept in the cache.
final class EngineFeed: Sendable {
  private let mailbox: Mailbox<LoopMessage>
  private let work = Mutex(Work())
  private let queue = DispatchQueue(label: "engine", qos: .utility)

  private struct Work {
    /// Nil until the analysis is over.
    var source: AblationSession?
    var wishes: [ContributionWish] = []
    var isRunning = false
    var isEnded = false
    /// What is being measured, and by whom.
    var current: (wish: ContributionWish, session: AblationSession)?
    /// Connections whose influence is wanted, all measured at once, before contributions.
    var influence: [InfluenceWish] = []
    /// Those that are being measured, and by whom.
    var influencing: (wishes: [InfluenceWish], session: InfluenceSession)?
    /// Come before all wishes.
    var requests: [WhatIfRequest] = []
    /// Answers one of them, which only the end interrupts.
    var answering: AblationSession?
    /// Come before everything else, the look before the pin; one at most for each purpose.
    var images: [ImageRequest] = []
    /// What runs images, from the first of them until something else runs.
    var runner: ImageSession?
    /// Tells images that run that nobody wants them any more.
    var stop: (purpose: ImageRequest.Purpose, flag: StopFlag)?
    /// What was measured and is not kept yet, by layer.
    var found: [Int: LayerContributions] = [:]
    var foundInfluence: [MeasuredInfluence] = []

    /// Whether work has to be begun, which it then counts as.
    mutating func starts() -> Bool {
      guard !isRunning, !isEnded, source != nil, hasWork else { return false }
      isRunning = true
      return true
    }

    private var hasWork: Bool {
      !wishes.isEmpty || !requests.isEmpty || !images.isEmpty || !influence.isEmpty
    }

    /// Puts what is being measured back to wait behind what is more urgent.
    ///
    /// - Returns: What ends it.
    mutating func interrupt() -> [@Sendable () -> Void] {
      if let wish = current?.wish { wishes.insert(wish, at: 0) }
      if let running = influencing { influence = running.wishes + influence }
      defer { (current, influencing) = (nil, nil) }
      return [current?.session.cancel, influencing?.session.cancel].compactMap(\.self)
    }
  }

  private enum Job {
    case contributions(ContributionWish, AblationSession)
    case whatIf(WhatIfRequest, AblationSession)
    case influence([InfluenceWish], InfluenceSession)
    case images(ImageRequest, ImageSession, StopFlag)
  }

  init(mailbox: Mailbox<LoopMessage>) {
    self.mailbox = mailbox
  }

  /// From now on measurements can be made.
  func start(_ source: AblationSession) {
    work.withLock { $0.source = source }
    mailbox.post(.action(.ablationPossible))
    mailbox.post(.action(.influencePossible))
    mailbox.post(.action(.imageRunsPossible))
  }

  /// Replaces what is to be measured; a layer that is no longer wanted is given up.
  func measure(_ wishes: [ContributionWish]) {
    change { state in
      let current = state.current
      state.wishes = wishes.filter { $0 != current?.wish }
      let isWanted = wishes.contains { $0.layer == current?.wish.layer }
      return isWanted ? [] : [current?.session.cancel].compactMap(\.self)
    }
  }

  /// Replaces the connections whose influence is to be measured; those that are being measured go on
  /// while one of them is wanted.
  func measureInfluence(_ wishes: [InfluenceWish]) {
    change { state in
      let running = state.influencing
      state.influence = wishes.filter { running?.wishes.contains($0) != true }
      let isWanted = running?.wishes.contains { wishes.contains($0) } == true
      return isWanted ? [] : [running?.session.cancel].compactMap(\.self)
    }
  }

  /// Switches neurons off before going on with what is measured.
  func ablate(_ request: WhatIfRequest) {
    change { state in
      state.requests.append(request)
      return state.interrupt()
    }
  }

  /// Runs images before everything else; an older request for the same purpose is given up.
  func runImages(_ request: ImageRequest) {
    change { state in
      state.images.removeAll { $0.purpose == request.purpose }
      if state.stop?.purpose == request.purpose { state.stop?.flag.raise() }
      guard !request.images.isEmpty else { return [] }
      state.images.insert(request, at: request.purpose == .look ? 0 : state.images.count)
      return state.interrupt()
    }
  }

  /// Changes what is to be done, and begins with it where nothing is being done.
  ///
  /// - Parameter body: Returns what ends that which is no longer wanted, or not now.
  private func change(_ body: (inout Work) -> [@Sendable () -> Void]) {
    let (abandoned, starts) = work.withLock { state in
      let abandoned = body(&state)
      return (abandoned, state.starts())
    }
    for cancel in abandoned { cancel() }
    if starts { queue.async { self.run() } }
  }

  /// Ends everything and keeps what was measured.
  func end() {
    let interrupted = work.withLock { state in
      state.isEnded = true
      let interrupted = state.interrupt()
      (state.wishes, state.influence, state.requests, state.images) = ([], [], [], [])
      return interrupted + [state.answering?.cancel, state.runner?.cancel].compactMap(\.self)
    }
    for cancel in interrupted { cancel() }
    queue.sync {}
    keep()
  }

  private func run() {
    while let job = next() {
      switch job {
      case .contributions(let wish, let session): measure(wish, session)
      case .whatIf(let request, let session): answer(request, session)
      case .influence(let wishes, let session): measure(wishes, session)
      case .images(let request, let session, let stop): answer(request, session, stop)
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

  private func measure(_ wishes: [InfluenceWish], _ session: InfluenceSession) {
    do {
      let found = try session.measure(wishes.map(\.pair)) { [mailbox] done, planned in
        let news = LoopMessage.action(.measuringInfluence(done: done, planned: planned))
        mailbox.post(news) { $0.isReplaced(by: news) }
      }
      work.withLock { $0.foundInfluence += found }
      mailbox.post(.action(.influenceMeasured(found)))
    } catch SessionError.cancelled {
      return
    } catch {
      let reason = CommandFailure(error).sentence
      mailbox.post(.action(.influenceUnavailable(wishes, reason: reason)))
    }
  }

  private func answer(_ request: WhatIfRequest, _ session: AblationSession) {
    do {
      let options = AblationOptions(replacement: request.replacement)
      let result = try session.whatIf(request.neurons, options)
      mailbox.post(.action(.ablated(request, result)))
    } catch SessionError.cancelled {
      return
    } catch {
      let reason = CommandFailure(error).sentence
      mailbox.post(.action(.ablationFailed(request, reason: reason)))
    }
  }

  private func answer(_ request: ImageRequest, _ session: ImageSession, _ stop: StopFlag) {
    do {
      let found = try session.activations(of: request.images, mapsOf: request.layer) {
        stop.isRaised
      }
      mailbox.post(.action(.imagesRan(request, found)))
    } catch SessionError.cancelled {
      return
    } catch {
      let reason = CommandFailure(error).sentence
      mailbox.post(.action(.imageRunFailed(request, reason: reason)))
    }
  }

  /// The next thing to do, taken from the lists.
  private func next() -> Job? {
    work.withLock { state in
      (state.current, state.influencing, state.stop) = (nil, nil, nil)
      state.answering = nil
      guard let source = state.source, !state.isEnded else {
        state.isRunning = false
        return nil
      }
      if !state.images.isEmpty {
        let request = state.images.removeFirst()
        let stop = StopFlag()
        let session = state.runner ?? source.imageSession()
        (state.runner, state.stop) = (session, (request.purpose, stop))
        return .images(request, session, stop)
      }
      if !state.requests.isEmpty || !state.wishes.isEmpty || !state.influence.isEmpty {
        state.runner?.close()
        state.runner = nil
      }
      if !state.requests.isEmpty {
        let session = source.another()
        state.answering = session
        return .whatIf(state.requests.removeFirst(), session)
      }
      if !state.influence.isEmpty {
        let running = (wishes: state.influence, session: source.influenceSession())
        (state.influence, state.influencing) = ([], running)
        return .influence(running.wishes, running.session)
      }
      guard !state.wishes.isEmpty else {
        state.isRunning = false
        return nil
      }
      let current = (wish: state.wishes.removeFirst(), session: source.another())
      state.current = current
      return .contributions(current.wish, current.session)
    }
  }

  /// Adds what was measured to the kept atlas; what cannot be written is measured again some day.
  private func keep() {
    let (source, found, influence) = work.withLock { state in
      defer { (state.found, state.foundInfluence) = ([:], []) }
      return (state.source, state.found, state.foundInfluence)
    }
    guard let source, !found.isEmpty || !influence.isEmpty else { return }
    try? source.keep(source.network.layers.indices.map { found[$0] }, influence)
  }
}

extension InfluenceWish {
  /// The same two layers for the core.
  var pair: LayerPair { LayerPair(source: LayerID(source), target: LayerID(target)) }
}
