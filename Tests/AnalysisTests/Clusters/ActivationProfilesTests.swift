import Analysis
import Tensors
import Testing

@Suite struct ActivationProfilesTests {
  @Test func `live rows get unit length, dead and broken rows are set aside`() {
    let matrix = Matrix(
      rowCount: 5, columnCount: 2,
      values: [3, 4, 0, 0, .nan, 1, -.infinity, 0, 1e-30, 0])
    let profiles = ActivationProfiles(matrix)
    #expect(profiles.live == [0, 4])
    #expect(profiles.dead == [1])
    #expect(profiles.nonFinite == [2, 3])
    #expect(profiles.unitRows.values == [0.6, 0.8, 1, 0])
    #expect(profiles.spread([7, 9]) == [7, -1, -1, -1, 9])
  }

  @Test func `the largest and smallest floats keep their direction`() {
    let huge = Float.greatestFiniteMagnitude
    let tiny = Float.leastNonzeroMagnitude
    let profiles = ActivationProfiles(
      Matrix(rowCount: 2, columnCount: 2, values: [huge, huge, tiny, 0]))
    #expect(profiles.live == [0, 1])
    #expect(abs(profiles.unitRows[0, 0] - 0.70710677) < 1e-6)
    #expect(profiles.unitRows[1, 0] == 1)
  }
}
