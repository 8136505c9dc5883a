import Analysis
import Tensors
import Testing

/// Standard scores of class means against the images themselves.
struct SelectivityScoresTests {
  /// Statistics of raw values, one a neuron and image, and the images' classes.
  private func statistics(_ values: [[Float]], _ classes: [Int], count: Int) -> ActivationStatistics
  {
    func matrix(_ transform: (Float) -> Double) -> Matrix {
      var result = Matrix(rowCount: values.count, columnCount: count)
      for (neuron, row) in values.enumerated() {
        for column in 0..<count {
          let members = row.indices.filter { classes[$0] == column }
          guard !members.isEmpty else { continue }
          result[neuron, column] = Float(
            members.reduce(0.0) { $0 + transform(row[$1]) } / Double(members.count))
        }
      }
      return result
    }
    let (means, squares) = (matrix { Double($0) }, matrix { Double($0) * Double($0) })
    return ActivationStatistics(
      imageCount: classes.count,
      classCounts: (0..<count).map { column in classes.count { $0 == column } },
      meanOfMean: means, meanOfMax: means, secondMomentOfMean: squares, secondMomentOfMax: squares,
      firingShare: means, topPatches: values.map { _ in [] },
      classBest: Array(repeating: nil, count: values.count * count),
      health: values.map { _ in
        NeuronHealth(isDead: false, isSaturated: false, nonFiniteCount: 0)
      })
  }

  @Test(arguments: 1...12)
  func `they are those of the images, class by class`(seed: UInt64) {
    var numbers = SeededGenerator(seed: seed)
    let count = 2 + Int(seed % 4)
    let classes = (0..<40).map { _ in Int(numbers.next() % UInt64(count)) }
    let values = (0..<6).map { neuron in
      classes.map { Float($0 == neuron % count ? 2 : 0) + Float(numbers.next() % 1000) / 700 }
    }
    let statistics = statistics(values, classes, count: count)
    let scores = statistics.selectivityScores()
    for (neuron, row) in values.enumerated() {
      let all = row.map(Double.init)
      let mean = all.reduce(0, +) / Double(all.count)
      let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
      for column in 0..<count where classes.contains(column) {
        let members = all.indices.filter { classes[$0] == column }
        let classMean = members.reduce(0) { $0 + all[$1] } / Double(members.count)
        let expected = (classMean - mean) / variance.squareRoot()
        #expect(abs(Double(scores[neuron, column]) - expected) < 1e-4)
        #expect(abs(statistics.selectivityScores(of: column)[neuron] - expected) < 1e-4)
      }
    }
  }

  @Test func `a class without images and a neuron that does not vary have none`() {
    let statistics = statistics([[1, 3, 1, 3], [2, 2, 2, 2]], [0, 0, 2, 2], count: 3)
    let scores = statistics.selectivityScores()
    #expect(scores[0, 0] == 0 && scores[0, 2] == 0 && scores[0, 1].isNaN)
    #expect((0..<3).allSatisfy { scores[1, $0].isNaN })
    #expect(statistics.selectivityScores(of: 1).allSatisfy { $0.isNaN })
  }
}
