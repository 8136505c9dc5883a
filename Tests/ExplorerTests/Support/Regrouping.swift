import Analysis
import Tensors

@testable import Explorer

/// Answers as a regrouper might: neurons dealt out in turn, ordered by number.
func plantedAnswer(_ request: RegroupRequest) -> RegroupAnswer {
  switch request.work {
  case .order(let clustering):
    let live = clustering.labels.indices.sorted {
      (clustering.labels[$0] < 0 ? 1 : 0, clustering.labels[$0], $0)
        < (clustering.labels[$1] < 0 ? 1 : 0, clustering.labels[$1], $1)
    }
    let dead = clustering.labels.contains(-1) ? [-1] : []
    return RegroupAnswer(
      request: request,
      result: .ordered(
        clusterOrder: Array(0..<clustering.clusterCount) + dead,
        rows: SeriationResult(
          order: Permutation(live) ?? Permutation(identity: live.count), pathLength: 2,
          lowerBound: 1)))
  case .divide(let neurons, let count):
    return RegroupAnswer(request: request, result: .divided(dealt(neurons, count)))
  case .cut(let neurons, _):
    return RegroupAnswer(request: request, result: .divided(dealt(neurons, 2)))
  }
}

private func dealt(_ neurons: [Int], _ count: Int) -> [[Int]] {
  (0..<count).map { part in neurons.indices.filter { $0 % count == part }.map { neurons[$0] } }
}
