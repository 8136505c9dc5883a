import Atlases
import Networks
import Testing

struct RemovalTrialTests {
  private func trial(_ images: Int, lost: Int, gained: Int) -> RemovalTrial {
    RemovalTrial(
      layer: LayerID(0), neurons: nil, imageCount: images, correctBefore: images, lostCount: lost,
      gainedCount: gained)
  }

  @Test func `the interval is that of Agresti and Min`() {
    // By hand: n + 2 = 102, gained - lost = -6, (lost + gained + 1) = 11, reach = 1.96 · 0.03199.
    let found = trial(100, lost: 8, gained: 2)
    #expect(found.accuracyChange == -0.06)
    #expect(abs(found.interval.lowerBound + 0.12152) < 1e-4)
    #expect(abs(found.interval.upperBound - 0.00387) < 1e-4)
  }

  @Test func `no change at all is still uncertain, the less so the more images`() {
    let few = trial(50, lost: 0, gained: 0).interval
    let many = trial(5000, lost: 0, gained: 0).interval
    #expect(few.lowerBound < -0.02 && few.upperBound > 0.02)
    #expect(many.lowerBound > -0.001 && many.contains(0))
    #expect(trial(0, lost: 0, gained: 0).interval.contains(0))
  }
}
