import Testing

@testable import Pipeline

@Suite struct BatchScheduleTests {
  @Test(arguments: [0, 1, 2, 5, 100, 101], [1, 3, 8])
  func `batches cover the order without gaps`(imageCount: Int, batchSize: Int) {
    let schedule = BatchSchedule(imageCount: imageCount, batchSize: batchSize)
    #expect(schedule.batches.flatMap { Array($0) } == Array(0..<imageCount))
    #expect(schedule.batches.allSatisfy { !$0.isEmpty && $0.count <= batchSize })
  }

  @Test func `the first batches are small, later ones full`() {
    let sizes = BatchSchedule(imageCount: 30, batchSize: 8).batches.map(\.count)
    #expect(sizes == [1, 1, 2, 2, 4, 4, 8, 8])
  }

  @Test func `a network with a fixed batch gets no smaller ones but the last`() {
    let sizes = BatchSchedule(imageCount: 10, batchSize: 4, isFixed: true).batches.map(\.count)
    #expect(sizes == [4, 4, 2])
  }
}
