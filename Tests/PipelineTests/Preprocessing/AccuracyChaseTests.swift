import Tensors
import Testing

@testable import Pipeline

@Suite struct AccuracyChaseTests {
  private func lead(_ answers: [Bool], _ known: [Bool], _ weights: [Double]) -> Double {
    pairedZ(answers.map { $0 ? 1 : 0 }, known.map { $0 ? 1 : 0 }, weights: weights)
  }

  @Test(arguments: UInt64(0)..<30)
  func `given up only where no answers to the images left would have made it lead`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...7, using: &random)
    let known = (0..<count).map { _ in Bool.random(using: &random) }
    let weights = (0..<count).map { _ in
      Int.random(in: 0..<3, using: &random) > 0
        ? 1 : Double.random(in: 1...4, using: &random)
    }
    for tolerance in [0.5, 1.5] {
      var chase = AccuracyChase(after: known, weights: weights)
      #expect(chase.order.sorted() == Array(0..<count))
      var answers = Array(repeating: false, count: count)
      for (done, place) in chase.order.enumerated() {
        let left = chase.order[done...]
        var greatest = -Double.infinity
        for bits in 0..<1 << left.count {
          for (bit, open) in left.enumerated() { answers[open] = bits >> bit & 1 == 1 }
          greatest = max(greatest, lead(answers, known, weights))
        }
        if !chase.canLead(by: tolerance) { #expect(greatest <= tolerance) }
        let isPlain = left.allSatisfy { known[$0] || weights[$0] == 1 }
        if isPlain { #expect(chase.canLead(by: tolerance) == (greatest > tolerance)) }
        answers[place] = Bool.random(using: &random)
        chase.note(answers[place], at: place)
      }
      #expect(chase.canLead(by: tolerance) == (lead(answers, known, weights) > tolerance))
    }
  }

  @Test func `images that the known way gets wrong come first, of these the heavy ones`() {
    let chase = AccuracyChase(
      after: [true, false, false, true, false], weights: [4, 1, 3, 1, 1])
    #expect(chase.order == [2, 1, 4, 0, 3])
  }
}
