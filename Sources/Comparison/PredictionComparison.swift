import Atlases
import Networks

/// What two networks make of the same images.
public struct PredictionComparison: Equatable, Sendable {
  /// How one class fares in both.
  public struct Class: Equatable, Sendable {
    public var name: String
    public var first: ClassFigures
    public var second: ClassFigures
  }

  /// Labelled images that both networks ran.
  public var imageCount: Int
  /// Images both classify right, and both wrong.
  public var bothRight: Int
  public var bothWrong: Int
  /// Images of the data set that only the first, only the second classifies right; ascending.
  public var onlyFirst: [Int]
  public var onlySecond: [Int]
  /// One a class of the data set.
  public var classes: [Class]

  /// All labelled images together.
  public var all: Class {
    let right = (bothRight + onlyFirst.count, bothRight + onlySecond.count)
    return Class(
      name: "all", first: ClassFigures(count: imageCount, correct: right.0),
      second: ClassFigures(count: imageCount, correct: right.1))
  }

  /// Nil where the two were not analysed on the same images, or one is no classifier of them.
  public init?(_ first: Atlas, _ second: Atlas) {
    guard let dataset = first.dataset, let other = second.dataset,
      dataset.imageNames == other.imageNames, dataset.labels == other.labels,
      dataset.classes == other.classes,
      first.provenance.datasetHash == second.provenance.datasetHash, let one = first.classification,
      let two = second.classification
    else { return nil }
    (imageCount, bothRight, bothWrong) = (0, 0, 0)
    (onlyFirst, onlySecond) = ([], [])
    let empty = ClassFigures(count: 0, correct: 0)
    classes = dataset.classes.map { Class(name: $0, first: empty, second: empty) }
    for (image, label) in dataset.labels.enumerated() {
      guard let label, let a = Self.isRight(one, image), let b = Self.isRight(two, image) else {
        continue
      }
      count(image, label, a, b)
    }
    guard imageCount > 0 else { return nil }
  }

  /// The two-sided probability that images change sides as unevenly by chance alone.
  ///
  /// Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
  /// percentages", Psychometrika 12(2), 1947, doi:10.1007/BF02295996; exact, by the binomial.
  public var chance: Double {
    let (few, total) = (min(onlyFirst.count, onlySecond.count), onlyFirst.count + onlySecond.count)
    guard total > 0 else { return 1 }
    // The tail relative to its largest term, then that term, halved as it grows.
    var (term, tail) = (1.0, 1.0)
    for k in stride(from: few, to: 0, by: -1) {
      term *= Double(k) / Double(total - k + 1)
      tail += term
    }
    var (largest, halvings) = (1.0, total)
    for k in stride(from: 1, through: few, by: 1) {
      largest *= Double(total - few + k) / Double(k)
      while largest > 1, halvings > 0 {
        largest /= 2
        halvings -= 1
      }
    }
    return min(1, 2 * tail * Double(sign: .plus, exponent: -halvings, significand: largest))
  }

  private mutating func count(_ image: Int, _ label: Int, _ a: Bool, _ b: Bool) {
    imageCount += 1
    if classes.indices.contains(label) {
      classes[label].first.count += 1
      classes[label].second.count += 1
      classes[label].first.correct += a ? 1 : 0
      classes[label].second.correct += b ? 1 : 0
    }
    switch (a, b) {
    case (true, true): bothRight += 1
    case (false, false): bothWrong += 1
    case (true, false): onlyFirst.append(image)
    case (false, true): onlySecond.append(image)
    }
  }

  /// Nil where the image did not run or has no label that the network knows.
  private static func isRight(_ result: ClassificationResult, _ image: Int) -> Bool? {
    guard result.predictions.indices.contains(image), let found = result.predictions[image],
      found.rankOfTruth >= 0
    else { return nil }
    return found.rankOfTruth == 0
  }
}
