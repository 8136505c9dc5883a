import Analysis
import Atlases
import Explorer
import Pipeline

/// Clusters and orders beside the loop, the newest request of each layer only.
struct Regrouper {
  private var running: [Int: StopFlag] = [:]
  /// The layer last made ready, and by what figures.
  private var prepared: (layer: Int, imageCount: Int)?
  private let memory = RegroupingMemory()

  mutating func start(
    _ request: RegroupRequest, for atlas: Atlas, mailbox: Mailbox<LoopMessage>
  ) {
    let flag = StopFlag()
    running[request.layer]?.raise()
    running[request.layer] = flag
    Task.detached(priority: .userInitiated) { [memory] in
      regroup(request, in: atlas, memory, isCancelled: { flag.isRaised }) {
        mailbox.post(.action(.regrouped($0)))
      }
    }
  }
}

extension Regrouper {
  /// Makes the layer ready that the next key may edit, at low priority.
  mutating func prepare(_ layer: Int, of atlas: Atlas) {
    guard atlas.layers.indices.contains(layer), let statistics = atlas.layers[layer].statistics
    else { return }
    let wanted = (layer, statistics.imageCount)
    if let prepared, prepared == wanted { return }
    prepared = wanted
    let regrouping = Regrouping(seed: atlas.provenance.seed, memory: memory)
    Task.detached(priority: .utility) {
      regrouping.prepare(statistics, isCancelled: { false })
    }
  }
}

/// Works out what an edit asked for.
///
/// - Parameter answer: Told the clusters and their order, and how good that is: later, where it takes
///   longer; nothing when cancelled.
func regroup(
  _ request: RegroupRequest, in atlas: Atlas, _ memory: RegroupingMemory,
  isCancelled: @Sendable () -> Bool, answer: (RegroupAnswer) -> Void
) {
  func send(_ result: RegroupAnswer.Result) {
    answer(RegroupAnswer(request: request, result: result))
  }
  guard atlas.layers.indices.contains(request.layer),
    let statistics = atlas.layers[request.layer].statistics
  else { return send(.failed("no images ran through this layer yet")) }
  let regrouping = Regrouping(seed: atlas.provenance.seed, memory: memory)
  do {
    let parts: [[Int]]
    switch request.work {
    case .order(let clustering):
      return order(clustering, statistics, regrouping, isCancelled, send) { .ordered($0) }
    case .divide(let neurons, let count):
      parts = try regrouping.divide(
        neurons, of: statistics, into: count, isCancelled: isCancelled)
    case .cut(let neurons, let height):
      parts = try regrouping.cut(
        neurons, of: statistics, at: height, isCancelled: isCancelled)
    }
    guard let frame = request.frame else { return send(.divided(parts, nil)) }
    let clustering = frame.filled(with: parts).clustering(method: "")
    order(clustering, statistics, regrouping, isCancelled, send) { .divided(parts, $0) }
  } catch {
    if !isCancelled() { send(.failed(oneSentence("\(error)"))) }
  }
}

private func order(
  _ clustering: Clustering, _ statistics: ActivationStatistics, _ regrouping: Regrouping,
  _ isCancelled: @Sendable () -> Bool, _ send: (RegroupAnswer.Result) -> Void,
  _ result: (RegroupAnswer.Order) -> RegroupAnswer.Result
) {
  let found = regrouping.order(clustering, of: statistics, isCancelled: isCancelled)
  guard !isCancelled() else { return }
  var answer = RegroupAnswer.Order(clusterOrder: found.clusterOrder, rows: found.rows)
  if let figures = regrouping.readyFigures(found, of: clustering, statistics) {
    answer.rows = answer.rows.with(figures)
    return send(result(answer))
  }
  send(result(answer))
  let figures = regrouping.figures(found, of: clustering, statistics)
  send(.measured(figures, labels: clustering.labels))
}
