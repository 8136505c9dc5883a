import Testing

@testable import Networks

struct MapPlacementTests {
  @Test func `positions stand at the centres of their receptive fields`() {
    let field = ReceptiveField(size: [5, 9], jump: [2, 4], start: [-2, -4])
    let rows = MapPlacement(field, axis: 0, count: 4, reduction: 1, length: 8)
    #expect(rows.first == 0.5 && rows.step == 2)
    let columns = MapPlacement(field, axis: 1, count: 2, reduction: 2, length: 16)
    // Two positions, at 0.5 and 4.5, are one value; its centre lies between them.
    #expect(columns.first == 2.5 && columns.step == 8)
    let (lower, upper, share) = rows.neighbors(of: 3)
    #expect((lower, upper, share) == (1, 2, 0.25))
    #expect(rows.neighbors(of: -9) == (0, 1, 0) && rows.neighbors(of: 99) == (3, 3, 0))
  }

  @Test func `without a usable field the map is stretched over the input`() {
    let wild = [
      nil, ReceptiveField(size: [], jump: [], start: []),
      ReceptiveField(size: [.max, 1], jump: [1, 1], start: [.min, 0]),
      ReceptiveField(size: [3, 3], jump: [0, 0], start: [0, 0]),
    ]
    for field in wild {
      let rows = MapPlacement(field, axis: 0, count: 4, reduction: 1, length: 8)
      #expect(rows.first == 1 && rows.step == 2)
    }
  }
}
