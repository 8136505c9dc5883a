import Analysis
import Tensors
import Testing

@Suite struct SilhouetteTests {
  @Test(arguments: UInt64(0)..<20)
  func `it equals the definition`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let profiles = ActivationProfiles(randomMatrix(21, 4, seed: seed))
    let labels = (0..<21).map { _ in Int.random(in: 0..<4, using: &random) }
    let found = try #require(
      SilhouetteDistances(profiles, seed: 0).meanSilhouette(labels, clusterCount: 4))
    #expect(abs(found - definition(profiles.unitRows, labels, 4)) < 1e-4)
  }

  @Test func `well separated types score near one`() throws {
    let planted = PlantedProfiles(typeCount: 3, perType: 8, classCount: 6, seed: 1)
    let distances = SilhouetteDistances(ActivationProfiles(planted.matrix), seed: 0)
    let value = try #require(distances.meanSilhouette(planted.types, clusterCount: 3))
    #expect(value > 0.9)
    #expect(distances.isExact)
  }

  @Test func `one cluster has no silhouette`() {
    let distances = SilhouetteDistances(
      ActivationProfiles(randomMatrix(5, 2, seed: 1)), seed: 0)
    #expect(distances.meanSilhouette([0, 0, 0, 0, 0], clusterCount: 2) == nil)
  }

  @Test func `many rows are sampled, always the same ones`() {
    let profiles = ActivationProfiles(randomMatrix(2100, 1, seed: 1))
    let distances = SilhouetteDistances(profiles, seed: 5)
    #expect(!distances.isExact)
    #expect(distances.sample.count == SilhouetteDistances.sampleLimit)
    #expect(distances.sample == SilhouetteDistances(profiles, seed: 5).sample)
  }
}

private func definition(_ rows: Matrix, _ labels: [Int], _ count: Int) -> Double {
  func distance(_ one: Int, _ other: Int) -> Double {
    zip(rows.row(one), rows.row(other)).reduce(0.0) {
      $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
    }.squareRoot()
  }
  var sum = 0.0
  for row in labels.indices {
    let means = (0..<count).map { cluster -> Double? in
      let others = labels.indices.filter { labels[$0] == cluster && $0 != row }
      guard !others.isEmpty else { return nil }
      return others.reduce(0.0) { $0 + distance(row, $1) } / Double(others.count)
    }
    guard let inside = means[labels[row]] else { continue }
    let outside = means.indices.filter { $0 != labels[row] }.compactMap { means[$0] }.min() ?? 0
    sum += (outside - inside) / max(inside, outside)
  }
  return sum / Double(labels.count)
}
