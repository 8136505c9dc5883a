import Analysis
import Atlases
import Tensors

@testable import Explorer

/// Answers as a regrouper might: neurons dealt out in turn, ordered by number. The order comes along
/// with every other division, and is left to be asked for with the others.
func plantedAnswer(_ request: RegroupRequest) -> RegroupAnswer {
  switch request.work {
  case .order(let clustering):
    return RegroupAnswer(request: request, result: .ordered(plantedOrder(clustering)))
  case .divide(let neurons, let count): return divided(dealt(neurons, count), request)
  case .cut(let neurons, _): return divided(dealt(neurons, 2), request)
  }
}

func plantedOrder(_ clustering: Clustering) -> RegroupAnswer.Order {
  let live = clustering.labels.indices.sorted {
    (clustering.labels[$0] < 0 ? 1 : 0, clustering.labels[$0], $0)
      < (clustering.labels[$1] < 0 ? 1 : 0, clustering.labels[$1], $1)
  }
  let dead = clustering.labels.contains(-1) ? [-1] : []
  return RegroupAnswer.Order(
    clusterOrder: Array(0..<clustering.clusterCount) + dead,
    rows: SeriationResult(
      order: Permutation(live) ?? Permutation(identity: live.count), pathLength: 2,
      lowerBound: 1))
}

private func divided(_ parts: [[Int]], _ request: RegroupRequest) -> RegroupAnswer {
  let clustering = request.frame?.filled(with: parts).clustering(method: "planted")
  let order = request.number.isMultiple(of: 2) ? clustering.map(plantedOrder) : nil
  return RegroupAnswer(request: request, result: .divided(parts, order))
}

private func dealt(_ neurons: [Int], _ count: Int) -> [[Int]] {
  (0..<count).map { part in neurons.indices.filter { $0 % count == part }.map { neurons[$0] } }
}
