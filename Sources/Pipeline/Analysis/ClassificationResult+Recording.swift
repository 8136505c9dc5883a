public import Atlases
import Glibc

extension ClassificationResult {
  /// Of no images yet, for a data set of `imageCount`.
  public init(outputOfClass: [Int?], imageCount: Int) {
    let classCount = outputOfClass.count
    self.init(
      outputOfClass: outputOfClass, outputCount: 0, top1Count: 0, top5Count: 0, labeledCount: 0,
      confusion: Array(repeating: 0, count: classCount * (classCount + 1)),
      predictions: Array(repeating: nil, count: imageCount))
  }

  /// Keeps what the network said of one image.
  ///
  /// - Parameters:
  ///   - label: Class in the data set; one that is no output of the network counts in
  ///     ``confusion`` but neither as right nor as wrong.
  ///   - outputs: The network's outputs for this image.
  /// - Complexity: O(outputs + classes).
  public mutating func record(image: Int, label: Int?, outputs: Span<Float>) {
    guard outputs.count > 0, predictions.indices.contains(image) else { return }
    outputCount = outputs.count
    let best = bestIndex(outputs)
    let truth = label.flatMap { outputOfClass[$0] }.flatMap { $0 < outputs.count ? $0 : nil }
    let rank = truth.map { rankOf($0, outputs) }
    predictions[image] = ImagePrediction(
      output: Int32(best), confidence: probability(of: best, outputs, best: best),
      rankOfTruth: rank.map { Int32($0) } ?? -1)
    if let rank {
      labeledCount += 1
      top1Count += rank == 0 ? 1 : 0
      top5Count += rank < 5 ? 1 : 0
    }
    if let label {
      let classCount = outputOfClass.count
      let column = outputOfClass.firstIndex { $0 == best } ?? classCount
      confusion[label * (classCount + 1) + column] += 1
    }
  }

  /// Adds what `other` holds of images that are not in this one.
  ///
  /// - Precondition: Both are of the same data set and network.
  public mutating func merge(_ other: ClassificationResult) {
    precondition(outputOfClass == other.outputOfClass)
    precondition(predictions.count == other.predictions.count)
    outputCount = max(outputCount, other.outputCount)
    top1Count += other.top1Count
    top5Count += other.top5Count
    labeledCount += other.labeledCount
    for cell in confusion.indices { confusion[cell] += other.confusion[cell] }
    for image in predictions.indices {
      predictions[image] = predictions[image] ?? other.predictions[image]
    }
  }
}

/// The largest value's index, the lowest among equals; NaN is never the largest.
func bestIndex(_ outputs: Span<Float>) -> Int {
  var (best, largest) = (0, -Float.infinity)
  for index in outputs.indices where outputs[index] > largest {
    (best, largest) = (index, outputs[index])
  }
  return best
}

/// Outputs that come before `index` when sorted by value, then index.
private func rankOf(_ index: Int, _ outputs: Span<Float>) -> Int {
  let value = outputs[index]
  guard !value.isNaN else { return outputs.count - 1 }
  var rank = 0
  for other in outputs.indices
  where outputs[other] > value || (outputs[other] == value && other < index) {
    rank += 1
  }
  return rank
}

/// The most probable outputs, the lowest index first among equals; `count` at most.
func bestOutputs(_ outputs: Span<Float>, _ count: Int) -> [OutputProbability] {
  let order = (0..<outputs.count).filter { !outputs[$0].isNaN }
    .sorted { (outputs[$1], $0) < (outputs[$0], $1) }
  let best = bestIndex(outputs)
  return order.prefix(count).map { output in
    OutputProbability(output: output, probability: probability(of: output, outputs, best: best))
  }
}

/// Probability of an output: the output itself where all are probabilities, else its softmax.
///
/// - Parameter best: Index of the largest.
private func probability(of output: Int, _ outputs: Span<Float>, best: Int) -> Float {
  let largest = outputs[best]
  guard largest.isFinite else { return 0 }
  var (sum, isInRange) = (0.0, true)
  for index in outputs.indices {
    sum += Double(outputs[index])
    isInRange = isInRange && outputs[index] >= 0 && outputs[index] <= 1
  }
  if isInRange, abs(sum - 1) < 1e-2 { return outputs[output] }
  var total = 0.0
  for index in outputs.indices where outputs[index].isFinite {
    total += exp(Double(outputs[index] - largest))
  }
  return Float(exp(Double(outputs[output] - largest)) / total)
}
