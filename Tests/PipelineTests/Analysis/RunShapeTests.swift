import Testing

@testable import Pipeline

@Suite struct RunShapeTests {
  @Test func `small networks run in batches on every core`() {
    let shape = RunShape(bytesPerImage: 100_000, batchSize: nil, coreCount: 4)
    #expect(shape.batchSize == RunShape.largestBatch)
    #expect((shape.workerCount, shape.threadsPerWorker) == (4, 1))
  }

  @Test func `large ones run image by image, and cores share a run where memory is short`() {
    let shape = RunShape(
      bytesPerImage: 40 << 20, batchSize: nil, coreCount: 8, budget: 100 << 20)
    #expect(shape.batchSize == 1)
    #expect((shape.workerCount, shape.threadsPerWorker) == (2, 4))
  }

  @Test(arguments: [0, 1, 1 << 20, Int.max])
  func `there is always a batch and a worker, and the batch never depends on the cores`(bytes: Int)
  {
    let shapes = [1, 3, 64].map {
      RunShape(bytesPerImage: bytes, batchSize: nil, coreCount: $0, budget: 1 << 20)
    }
    #expect(Set(shapes.map(\.batchSize)).count == 1)
    #expect(shapes.allSatisfy { $0.batchSize > 0 && $0.workerCount > 0 })
  }

  @Test func `a fixed batch is kept`() {
    #expect(RunShape(bytesPerImage: 9, batchSize: 50, coreCount: 1).batchSize == 50)
  }
}
