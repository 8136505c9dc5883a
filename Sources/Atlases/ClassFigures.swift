/// How the images of one class were classified.
public struct ClassFigures: Hashable, Sendable {
  /// Images of the class that ran.
  public var count: Int
  /// Those whose best output is their class.
  public var correct: Int

  public init(count: Int, correct: Int) {
    self.count = count
    self.correct = correct
  }

  /// Share of the images; nil without any.
  public var accuracy: Double? { count > 0 ? Double(correct) / Double(count) : nil }

  /// 95 % interval of the accuracy; E. B. Wilson, "Probable inference, the law of succession,
  /// and statistical inference", JASA 22, 1927.
  public var interval: ClosedRange<Double>? {
    guard count > 0 else { return nil }
    let (n, z) = (Double(count), 1.959964)
    let p = Double(correct) / n
    let scale = 1 + z * z / n
    let middle = (p + z * z / (2 * n)) / scale
    let half = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - half)...min(1, middle + half)
  }
}

extension ClassificationResult {
  /// Row of the confusion matrix; nil where the matrix does not fit `classCount`.
  public func confusionRow(_ classIndex: Int, classCount: Int) -> ArraySlice<Int>? {
    guard confusion.count == classCount * (classCount + 1), (0..<classCount).contains(classIndex)
    else { return nil }
    return confusion[classIndex * (classCount + 1)..<(classIndex + 1) * (classCount + 1)]
  }

  /// Images of a class and how many were right; nil where the matrix does not fit `classCount`.
  public func figures(_ classIndex: Int, classCount: Int) -> ClassFigures? {
    guard let row = confusionRow(classIndex, classCount: classCount) else { return nil }
    let count = row.reduce(0) { $0 &+ max(0, $1) }
    return ClassFigures(count: count, correct: max(0, row[row.startIndex + classIndex]))
  }
}
