import Testing

@testable import Pipeline

@Suite struct PredictionScoresTests {
  @Test func `log-probabilities do not depend on how sharp the scores are`() {
    let outputs: [[Float]] = [[2, 1, 0], [0, 1, 1.5], [1, 0, 0.4], [0, 3, 1]]
    let targets = [0, 2, 1, 1]
    let plain = PredictionScores(outputs: outputs, targets: targets, areProbabilities: false)
    let sharp = PredictionScores(
      outputs: outputs.map { $0.map { $0 * 16 } }, targets: targets, areProbabilities: false)
    #expect(plain.isCorrect == [true, true, false, true] && plain.top1 == 0.75)
    #expect(abs(plain.meanLogProbability - sharp.meanLogProbability) < 1e-4)
  }

  @Test func `two images both recognised do not ask for infinite sharpness`() {
    let scores = PredictionScores(
      outputs: [[3, 1, 0], [0, 1, 3]], targets: [0, 2], areProbabilities: false)
    #expect(scores.meanLogProbability < -1e-4 && scores.meanLogProbability > -0.05)
  }

  @Test func `probabilities are taken as they are`() {
    let outputs: [[Float]] = [[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]]
    #expect(PredictionScores.areProbabilities(outputs))
    #expect(!PredictionScores.areProbabilities([[0.5, 0.2]]))
    #expect(!PredictionScores.areProbabilities([[1.5, -0.5]]))
    let scores = PredictionScores(outputs: outputs, targets: [0, 1], areProbabilities: true)
    #expect(scores.top1 == 1 && scores.meanLogProbability > -0.5)
  }

  @Test func `numbers that are none count as wrong`() {
    let outputs: [[Float]] = [[.nan, 1], [.infinity, 0], [0, 1], []]
    let scores = PredictionScores(
      outputs: outputs, targets: [0, 0, 5, 0], areProbabilities: false)
    #expect(scores.isCorrect == [false, false, false, false])
    #expect(scores.logProbability == Array(repeating: PredictionScores.floor, count: 4))
  }

  @Test func `an image that stands for four counts as often as four`() {
    let outputs: [[Float]] = [[2, 1, 0], [0, 1, 1.5], [1, 0, 0.4]]
    let targets = [0, 1, 2]
    let weighted = PredictionScores(
      outputs: outputs, targets: targets, weights: [4, 1, 1], areProbabilities: false)
    let repeated = PredictionScores(
      outputs: Array(repeating: outputs[0], count: 3) + outputs,
      targets: Array(repeating: 0, count: 3) + targets, areProbabilities: false)
    #expect(abs(weighted.top1 - 4.0 / 6) < 1e-12 && abs(weighted.top1 - repeated.top1) < 1e-12)
    #expect(abs(weighted.meanLogProbability - repeated.meanLogProbability) < 1e-9)
    #expect(
      abs(
        weighted.logProbability(of: [0, 3, 1], target: 1)
          - repeated.logProbability(of: [0, 3, 1], target: 1)) < 1e-9)
  }

  @Test func `what was drawn makes a difference less certain, never its sign`() {
    let (a, b) = ([0.1, 0.5, -0.2, 0.7], [0.0, 0.1, 0.3, 0.1])
    let all = pairedZ(a + [a[0], a[0]], b + [b[0], b[0]], weights: Array(repeating: 1, count: 6))
    let drawn = pairedZ(a, b, weights: [3, 1, 1, 1])
    #expect(drawn > 0 && drawn < all)
  }

  @Test func `paired differences are counted in standard errors`() {
    #expect(pairedZ([1, 2, 3], [1, 2, 3], weights: [1, 1, 1]) == 0)
    #expect(pairedZ([2, 3], [1, 2], weights: [1, 1]) == 2)
    let z = pairedZ([1, 0, 1, 1], [0, 0, 0, 0], weights: [1, 1, 1, 1])
    // Of the variance of the mean a sixteenth is spread and a sixteenth the image that may come.
    #expect(abs(z - 0.75 / 0.125.squareRoot()) < 1e-12)
    #expect(pairedZ([0, 0, 0, 0], [1, 0, 1, 1], weights: [1, 1, 1, 1]) == -z)
    let close = [1.000_01, 2.000_01, 3.000_02]
    #expect(pairedZ(close, [1, 2, 3], weights: [1, 1, 1]) > 1)
    #expect(pairedZ(close, [1, 2, 3], weights: [1, 1, 1], trifle: 1e-4) == 0)
  }

  @Test func `images of one mind count for as many as they are, a single one for nothing sure`() {
    for count in 2..<20 {
      let (ones, zeros) = (Array(repeating: 1.0, count: count), Array(repeating: 0.0, count: count))
      let weights = ones
      #expect(abs(pairedZ(ones, zeros, weights: weights) - Double(count)) < 1e-9)
      var single = zeros
      single[count / 2] = 1
      #expect(pairedZ(single, zeros, weights: weights) < 1)
      single[count / 2] = 1000
      #expect(pairedZ(single, zeros, weights: weights) < 1)
    }
  }
}
