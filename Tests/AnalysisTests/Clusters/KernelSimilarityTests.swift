import Tensors
import TestSupport
import Testing

@testable import Analysis

@Suite struct KernelSimilarityTests {
  private let shape = KernelSimilarity.Shape(channels: 1, height: 5, width: 5)

  @Test(arguments: UInt64(0)..<100)
  func `bars are told apart by direction, wherever they are`(seed: UInt64) throws {
    let (kernels, types) = plantedBars(count: 12, seed: seed)
    let found = try KernelSimilarity(shape: shape).cluster(kernels, into: 2)
    #expect(isSamePartition(found.labels, types))
  }

  @Test(arguments: UInt64(0)..<10)
  func `distances are those of the best shift`(seed: UInt64) throws {
    let shape = KernelSimilarity.Shape(channels: 2, height: 3, width: 4)
    let profiles = ActivationProfiles(randomMatrix(9, 24, seed: seed))
    let table = try KernelSimilarity(shape: shape).distances(profiles)
    for one in 0..<9 {
      for other in 0..<9 where other != one {
        let best = bestCosine(profiles.unitRows, one, other, shape)
        #expect(abs(Double(table[one, other]) - (1 - best)) < 1e-5)
      }
    }
  }

  @Test func `a shape that rows do not have is refused`() {
    #expect(throws: ClusteringError.self) {
      try KernelSimilarity(shape: shape).cluster(randomMatrix(3, 24, seed: 1))
    }
    let huge = KernelSimilarity.Shape(channels: .max, height: 3, width: 3)
    #expect(throws: ClusteringError.self) {
      try KernelSimilarity(shape: huge).cluster(randomMatrix(3, 24, seed: 1))
    }
  }

  @Test func `zero kernels form their own group`() throws {
    var kernels = plantedBars(count: 6, seed: 1).kernels
    for column in 0..<25 { kernels[2, column] = 0 }
    #expect(try KernelSimilarity(shape: shape).cluster(kernels).members(of: -1) == [2])
  }

  @Test func `cancelling stops it`() {
    #expect(throws: ClusteringError.cancelled) {
      try KernelSimilarity(shape: shape)
        .cluster(plantedBars(count: 6, seed: 1).kernels, isCancelled: { true })
    }
  }

  @Test(arguments: 0...30)
  func `clusters are whole or cancelled`(asked: Int) throws {
    let kernels = plantedBars(count: 10, seed: 1).kernels
    for shape in [shape, KernelSimilarity.Shape(channels: 25, height: 1, width: 1)] {
      let similarity = KernelSimilarity(shape: shape)
      let whole = try similarity.cluster(kernels)
      let stop = Stop(after: asked)
      let found = try? similarity.cluster(kernels, isCancelled: stop.isCancelled)
      #expect(found == (stop.hasStopped ? nil : whole))
      let pair = Stop(after: asked)
      let table = try? similarity.distances(
        ActivationProfiles(kernels), isCancelled: pair.isCancelled)
      #expect((table == nil) == pair.hasStopped)
    }
  }
}

/// Kernels of 5 × 5 with a bar across or down, in the middle or a step beyond, and noise.
private func plantedBars(count: Int, seed: UInt64) -> (kernels: Matrix, types: [Int]) {
  var random = SeededGenerator(seed: seed)
  var kernels = Matrix(rowCount: count, columnCount: 25)
  let types = (0..<count).map { $0 % 2 }.shuffled(using: &random)
  for (row, type) in types.enumerated() {
    let line = Int.random(in: 2...3, using: &random)
    for y in 0..<5 {
      for x in 0..<5 {
        let isBar = (type == 0 ? x : y) == line
        kernels[row, y * 5 + x] = (isBar ? 1 : 0) + Float.random(in: -0.1...0.1, using: &random)
      }
    }
  }
  return (kernels, types)
}

/// Largest cosine over shifts by one, or 0 for what is shifted out.
private func bestCosine(
  _ rows: Matrix, _ one: Int, _ other: Int, _ shape: KernelSimilarity.Shape
) -> Double {
  var best = -Double.infinity
  for down in -1...1 {
    for right in -1...1 {
      var sum = 0.0
      for channel in 0..<shape.channels {
        for y in 0..<shape.height where (0..<shape.height).contains(y + down) {
          for x in 0..<shape.width where (0..<shape.width).contains(x + right) {
            let base = channel * shape.height * shape.width
            let here = rows[one, base + y * shape.width + x]
            let there = rows[other, base + (y + down) * shape.width + x + right]
            sum += Double(here) * Double(there)
          }
        }
      }
      best = max(best, sum)
    }
  }
  return best
}
