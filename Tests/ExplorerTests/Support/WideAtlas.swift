import Analysis
import Atlases
import Networks
import Tensors

extension PlantedAtlas {
  /// The planted atlas with its classes repeated until there are 1000, as networks for ImageNet
  /// have.
  static func wide() -> Atlas {
    let count = 1000
    var atlas = make()
    let former = PlantedNetwork.classes.count
    for index in atlas.layers.indices {
      guard var statistics = atlas.layers[index].statistics else { continue }
      let best = statistics.classBest
      statistics.classCounts = Array(repeating: 20, count: count)
      statistics.meanOfMean = widened(statistics.meanOfMean, to: count)
      statistics.meanOfMax = widened(statistics.meanOfMax, to: count)
      statistics.secondMomentOfMean = widened(statistics.secondMomentOfMean, to: count)
      statistics.secondMomentOfMax = widened(statistics.secondMomentOfMax, to: count)
      statistics.firingShare = widened(statistics.firingShare, to: count)
      statistics.classBest = (0..<statistics.meanOfMean.rowCount).flatMap { neuron in
        (0..<count).map { best[neuron * former + $0 % former] }
      }
      atlas.layers[index].statistics = statistics
      atlas.layers[index].columnOrder = nil
    }
    let names = (0..<count).map { "\(PlantedNetwork.classes[$0 % former]) \($0)" }
    atlas.dataset?.classes = names
    atlas.provenance.outputNames = names
    atlas.classification = ClassificationResult(
      outputOfClass: Array(0..<count), outputCount: count, top1Count: 190, top5Count: 200,
      labeledCount: 200, confusion: confusion(count), predictions: [])
    return atlas
  }

  private static func widened(_ matrix: Matrix, to count: Int) -> Matrix {
    var wide = Matrix(rowCount: matrix.rowCount, columnCount: count)
    for row in 0..<matrix.rowCount {
      for column in 0..<count { wide[row, column] = matrix[row, column % matrix.columnCount] }
    }
    return wide
  }

  /// Every class right, but each seventh taken for the one after it once.
  private static func confusion(_ count: Int) -> [Int] {
    var confusion = Array(repeating: 0, count: count * (count + 1))
    for row in 0..<count {
      confusion[row * (count + 1) + row] = 19
      confusion[row * (count + 1) + (row % 7 == 0 ? row + 1 : row)] += 1
    }
    return confusion
  }
}
