import Analysis
import Atlases
import Tensors
import Testing

@testable import Explorer

struct LayerScoresTests {
  @Test(arguments: Statistic.allCases)
  func `a cluster's score is the mean of its neurons' standard scores`(
    statistic: Statistic
  ) throws {
    let atlas = PlantedAtlas.make()
    let digest = LayerDigest(5, in: atlas)
    let statistics = try #require(digest.statistics)
    let responses = PlantedActivations.make(ImageRequest(.look, images: [60]), atlas).layers[5]
    let scores = LayerScores(
      responses.values(statistic), digest, digest.statistics?.norms(statistic))
    #expect(scores.imageCount == statistics.classCounts.reduce(0, +))
    for (place, cluster) in digest.clusters.enumerated() {
      let known = cluster.members.compactMap { neuron -> Double? in
        let score = brute(neuron, digest, scores.values[neuron], statistic)
        #expect((score == nil) == scores.neurons[neuron].isNaN)
        return score
      }
      guard !known.isEmpty else {
        #expect(scores.clusters[place].isNaN)
        continue
      }
      let wanted = known.reduce(0, +) / Double(known.count)
      #expect(abs(scores.clusters[place] - wanted) < 1e-3 * max(1, abs(wanted)))
    }
    let ordered = scores.order.map { scores.clusters[$0] }.filter(\.isFinite)
    #expect(ordered == ordered.sorted(by: >) && scores.order.count == digest.clusters.count)
  }

  /// From the moments by class, each class as many images as it has.
  private func brute(
    _ neuron: Int, _ digest: LayerDigest, _ value: Float, _ statistic: Statistic
  ) -> Double? {
    guard let statistics = digest.statistics else { return nil }
    let first = digest.values(statistic.ofOneImage)
    let second =
      switch statistic {
      case .mean, .selectivity: statistics.secondMomentOfMean
      case .max: statistics.secondMomentOfMax
      case .firing: statistics.firingShare
      }
    var (mean, square, total) = (0.0, 0.0, 0.0)
    for (column, count) in statistics.classCounts.enumerated() {
      mean += Double(first?[neuron, column] ?? 0) * Double(count)
      square += Double(second[neuron, column]) * Double(count)
      total += Double(count)
    }
    (mean, square) = (mean / total, square / total)
    let variance = square - mean * mean
    guard variance > 1e-6 * square else { return nil }
    return (Double(value) - mean) / variance.squareRoot()
  }

  @Test func `a layer without figures gives no scores, not wrong ones`() {
    let atlas = PlantedAtlas.structureOnly()
    let responses = PlantedActivations.make(ImageRequest(.look, images: [0]), PlantedAtlas.make())
    let scores = LayerScores(
      responses.layers[2].spatialMean, LayerDigest(2, in: atlas), nil)
    #expect(scores.neurons.allSatisfy(\.isNaN) && scores.imageCount == 0)
  }
}
