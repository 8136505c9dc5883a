import Atlases

/// Images of one class taken for another.
struct Confusion: Hashable, Sendable {
  var count: Int
  var truth: Int
  /// The class count stands for "no class of the data set".
  var predicted: Int
}

/// The five most frequent confusions, ties by row, then by column.
///
/// - Complexity: O(classes²).
func mostFrequentConfusions(_ result: ClassificationResult, classCount: Int) -> [Confusion] {
  let most = 5
  var found: [Confusion] = []
  for truth in 0..<classCount {
    guard let row = result.confusionRow(truth, classCount: classCount) else { continue }
    let least = found.count == most ? found[most - 1].count : 0
    guard row.contains(where: { $0 > least }) else { continue }
    for (predicted, count) in row.enumerated() where predicted != truth && count > 0 {
      if found.count == most, count <= found[most - 1].count { continue }
      let place = found.firstIndex { $0.count < count } ?? found.count
      found.insert(Confusion(count: count, truth: truth, predicted: predicted), at: place)
      if found.count > most { found.removeLast() }
    }
  }
  return found
}

extension ExplorerState {
  /// Counts confusions for the screen of classes, unless that was done: its layout depends on them.
  mutating func ensureConfusions() {
    guard view == .classes, workings.confusions == nil, let result = atlas.classification else {
      return
    }
    workings.confusions = mostFrequentConfusions(result, classCount: classCount)
  }
}
