import Tensors
import Testing

@testable import Analysis

struct ActivationNormsTests {
  /// Values of each neuron in each image, and the moments by class that a summary keeps.
  private struct Planted {
    var values: [[Float]] = []
    var classes: [Int] = []
    var counts = [0, 0, 0]
    var first = Matrix(rowCount: 4, columnCount: 3)
    var second = Matrix(rowCount: 4, columnCount: 3)

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<Int.random(in: 5...60, using: &random) {
        classes.append(Int.random(in: 0..<2, using: &random) * 2)
        values.append((0..<4).map { Float($0 + 1) * Float.random(in: -1...4, using: &random) })
      }
      for (image, row) in values.enumerated() {
        counts[classes[image]] += 1
        for neuron in 0..<4 {
          first[neuron, classes[image]] += row[neuron]
          second[neuron, classes[image]] += row[neuron] * row[neuron]
        }
      }
      for neuron in 0..<4 {
        for column in 0..<3 where counts[column] > 0 {
          first[neuron, column] /= Float(counts[column])
          second[neuron, column] /= Float(counts[column])
        }
      }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `scores agree with those over the images themselves`(seed: UInt64) throws {
    let planted = Planted(seed: seed)
    let norms = try #require(
      ActivationNorms(
        firstMoments: planted.first, secondMoments: planted.second, counts: planted.counts))
    #expect(norms.imageCount == planted.values.count)
    let scores = norms.scores(planted.values[0])
    for neuron in 0..<4 {
      let column = planted.values.map { Double($0[neuron]) }
      let mean = column.reduce(0, +) / Double(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      let wanted = (column[0] - mean) / variance.squareRoot()
      #expect(abs(scores[neuron] - wanted) < 1e-4)
    }
  }

  @Test func `a neuron that never varies has no score`() throws {
    let values = Matrix(rowCount: 2, columnCount: 1, values: [0.3, 2])
    let squares = Matrix(rowCount: 2, columnCount: 1, values: [0.3 * 0.3, 5])
    let norms = try #require(
      ActivationNorms(firstMoments: values, secondMoments: squares, counts: [7]))
    let scores = norms.scores([0.3, 4])
    #expect(scores[0].isNaN && scores[1] == 2)
  }

  @Test func `nothing comes of no images or of shapes that disagree`() {
    let one = Matrix(rowCount: 1, columnCount: 1, values: [1])
    let two = Matrix(rowCount: 1, columnCount: 2, values: [1, 2])
    #expect(ActivationNorms(firstMoments: one, secondMoments: one, counts: [0]) == nil)
    #expect(ActivationNorms(firstMoments: one, secondMoments: two, counts: [3]) == nil)
    #expect(ActivationNorms(firstMoments: two, secondMoments: two, counts: [3]) == nil)
  }
}
