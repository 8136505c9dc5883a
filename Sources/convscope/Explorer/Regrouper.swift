import Atlases
import Explorer
import Pipeline

/// Clusters and orders beside the loop, the newest request of each layer only.
struct Regrouper {
  private var running: [Int: Task<Void, Never>] = [:]

  mutating func start(
    _ request: RegroupRequest, for atlas: Atlas, mailbox: Mailbox<LoopMessage>
  ) {
    running[request.layer]?.cancel()
    running[request.layer] = Task.detached(priority: .userInitiated) {
      let answer = regrouped(request, in: atlas, isCancelled: { Task.isCancelled })
      guard !Task.isCancelled else { return }
      mailbox.post(.action(.regrouped(answer)))
    }
  }
}

/// What an edit asked for.
func regrouped(
  _ request: RegroupRequest, in atlas: Atlas, isCancelled: () -> Bool
) -> RegroupAnswer {
  guard atlas.layers.indices.contains(request.layer),
    let statistics = atlas.layers[request.layer].statistics
  else {
    return RegroupAnswer(request: request, result: .failed("no images ran through this layer yet"))
  }
  let regrouping = Regrouping(seed: atlas.provenance.seed)
  do {
    let result: RegroupAnswer.Result
    switch request.work {
    case .order(let clustering):
      let found = regrouping.order(clustering, of: statistics, isCancelled: isCancelled)
      result = .ordered(clusterOrder: found.clusterOrder, rows: found.rows)
    case .divide(let neurons, let count):
      result = .divided(
        try regrouping.divide(neurons, of: statistics, into: count, isCancelled: isCancelled))
    case .cut(let neurons, let height):
      result = .divided(
        try regrouping.cut(neurons, of: statistics, at: height, isCancelled: isCancelled))
    }
    return RegroupAnswer(request: request, result: result)
  } catch {
    return RegroupAnswer(request: request, result: .failed(oneSentence("\(error)")))
  }
}
