import Atlases
import Tensors
import Testing

@testable import Explorer

struct ConfusionsTests {
  @Test(arguments: UInt64(0)..<20)
  func `the most frequent come first, of equals the first`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...12, using: &random)
    // Few different counts, so that many are equal.
    var confusion = (0..<count * (count + 1)).map { _ in Int.random(in: -1...3, using: &random) }
    for truth in 0..<count { confusion[truth * (count + 1) + truth] = 9 }
    let result = ClassificationResult(
      outputOfClass: Array(0..<count), outputCount: count, top1Count: 0, top5Count: 0,
      labeledCount: 1, confusion: confusion, predictions: [])
    var all: [Confusion] = []
    for truth in 0..<count {
      for predicted in 0...count where predicted != truth {
        let images = confusion[truth * (count + 1) + predicted]
        if images > 0 { all.append(Confusion(count: images, truth: truth, predicted: predicted)) }
      }
    }
    let sorted = all.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }
    #expect(mostFrequentConfusions(result, classCount: count) == sorted.prefix(5).map(\.element))
  }
}
