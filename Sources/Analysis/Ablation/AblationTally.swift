import Tensors

/// What one change of a network did to the images of one class; exact, so that tallies of parts
/// merge into that of the whole in any order.
public struct AblationTally: Equatable, Sendable {
  /// Images counted; those whose scores are not finite are left out.
  public private(set) var imageCount = 0
  public private(set) var correctBefore = 0
  /// Right before and wrong after, and the other way round.
  public private(set) var lostCount = 0
  public private(set) var gainedCount = 0
  public private(set) var nonFiniteCount = 0
  private var change = ExactSum()
  private var squaredChange = ExactSum()

  public init() {}

  /// Counts one image.
  ///
  /// - Parameters:
  ///   - scoreChange: Its class' score after the change less that before.
  public mutating func add(scoreChange: Float, wasCorrect: Bool, isCorrect: Bool) {
    let value = Double(scoreChange)
    var (sum, squares) = (change, squaredChange)
    guard sum.add(value), squares.add(value * value) else {
      nonFiniteCount += 1
      return
    }
    (change, squaredChange) = (sum, squares)
    imageCount += 1
    correctBefore += wasCorrect ? 1 : 0
    lostCount += wasCorrect && !isCorrect ? 1 : 0
    gainedCount += !wasCorrect && isCorrect ? 1 : 0
  }

  /// Adds everything `other` holds.
  public mutating func merge(_ other: AblationTally) {
    imageCount += other.imageCount
    correctBefore += other.correctBefore
    lostCount += other.lostCount
    gainedCount += other.gainedCount
    nonFiniteCount += other.nonFiniteCount
    change.merge(other.change)
    squaredChange.merge(other.squaredChange)
  }

  /// Mean change of the class' score, with its standard error.
  public var scoreChange: Estimate {
    Estimate(count: imageCount, sum: change.value, sumOfSquares: squaredChange.value)
  }

  /// Change of the accuracy, as a share of the class' images. Before and after are of the same
  /// images, so the error is that of paired differences, each -1, 0 or 1.
  public var accuracyChange: Estimate {
    Estimate(
      count: imageCount, sum: Double(gainedCount - lostCount),
      sumOfSquares: Double(gainedCount + lostCount))
  }

  /// Share of the images that were right before the change; nil without images.
  public var accuracyBefore: Double? {
    imageCount > 0 ? Double(correctBefore) / Double(imageCount) : nil
  }
}

/// A mean over images and how far sampling may have moved it.
public struct Estimate: Equatable, Sendable {
  public var mean: Double?
  /// Standard error: the sample's standard deviation over the root of its size; nil below two
  /// images.
  public var standardError: Double?

  public init(mean: Double?, standardError: Double?) {
    self.mean = mean
    self.standardError = standardError
  }

  /// Of `count` numbers with that sum and sum of squares.
  public init(count: Int, sum: Double, sumOfSquares: Double) {
    let size = Double(count)
    mean = count > 0 ? sum / size : nil
    guard count > 1 else {
      standardError = nil
      return
    }
    let variance = max(0, sumOfSquares - sum * sum / size) / (size - 1)
    standardError = (variance / size).squareRoot()
  }
}
