import Analysis

/// What stands in for the values of neurons that are switched off.
public enum Replacement: String, Hashable, Sendable, Codable {
  case zero
  /// The neuron's mean over the images and positions of its map.
  case mean
}

/// What the score of a class is.
public enum ScoreKind: String, Hashable, Sendable, Codable {
  case logit
  /// After a softmax or sigmoid that is part of the network and could not be left out.
  case probability
}

/// What sets of neurons of one layer contribute to the classification: measured by switching
/// each set off and running the same images again.
public struct LayerContributions: Equatable, Sendable {
  public var replacement: Replacement
  public var score: ScoreKind
  /// Images of each class that were run.
  public var classCounts: [Int]
  /// Share of them that the unchanged network gets right; NaN where there are none.
  public var accuracyBefore: [Float]
  /// One a set, in the order they were measured.
  public var entries: [Contribution]

  public init(
    replacement: Replacement, score: ScoreKind, classCounts: [Int], accuracyBefore: [Float],
    entries: [Contribution]
  ) {
    self.replacement = replacement
    self.score = score
    self.classCounts = classCounts
    self.accuracyBefore = accuracyBefore
    self.entries = entries
  }

  /// Images run in all.
  public var imageCount: Int { classCounts.reduce(0, +) }

  /// What exactly these neurons contribute; nil where that was not measured.
  ///
  /// - Parameter neurons: Ascending.
  public func entry(of neurons: [Int]) -> Contribution? {
    entries.first { $0.neurons == neurons }
  }

  /// Takes the entries of `other` in, newer ones in place of older; where it rests on other
  /// images or another replacement, it takes the place of everything.
  public func merging(_ other: LayerContributions) -> LayerContributions {
    guard other.replacement == replacement, other.score == score,
      other.classCounts == classCounts
    else { return other }
    var result = other
    let new = Set(other.entries.map(\.neurons))
    result.entries = entries.filter { !new.contains($0.neurons) } + other.entries
    return result
  }
}

/// What one set of neurons contributes: the change when it is switched off, so that a drop means
/// that the class needs it. NaN stands for what is not known.
public struct Contribution: Equatable, Sendable {
  /// Ascending.
  public var neurons: [Int]
  /// Mean change of a class' own score over the class' images, and its standard error.
  public var scoreChange: [Float]
  public var scoreError: [Float]
  /// Change of the share of a class' images that are right, and its standard error.
  public var accuracyChange: [Float]
  public var accuracyError: [Float]

  public init(
    neurons: [Int], scoreChange: [Float], scoreError: [Float], accuracyChange: [Float],
    accuracyError: [Float]
  ) {
    self.neurons = neurons
    self.scoreChange = scoreChange
    self.scoreError = scoreError
    self.accuracyChange = accuracyChange
    self.accuracyError = accuracyError
  }

  /// From what was counted, one tally a class.
  public init(neurons: [Int], _ tallies: [AblationTally]) {
    let number = { (value: Double?) in value.map { Float($0) } ?? .nan }
    self.init(
      neurons: neurons, scoreChange: tallies.map { number($0.scoreChange.mean) },
      scoreError: tallies.map { number($0.scoreChange.standardError) },
      accuracyChange: tallies.map { number($0.accuracyChange.mean) },
      accuracyError: tallies.map { number($0.accuracyChange.standardError) })
  }

  /// Change of the accuracy over all images, each counted once.
  ///
  /// - Parameter counts: Images of each class.
  public func overallAccuracyChange(counts: [Int]) -> Estimate {
    Contribution.pooled(accuracyChange, accuracyError, counts)
  }

  /// Mean change of the images' own class' score over all images.
  public func overallScoreChange(counts: [Int]) -> Estimate {
    Contribution.pooled(scoreChange, scoreError, counts)
  }

  /// Mean and standard error of all classes' images together, from those of each class.
  private static func pooled(_ means: [Float], _ errors: [Float], _ counts: [Int]) -> Estimate {
    var (count, sum, squares) = (0, 0.0, 0.0)
    for (index, size) in counts.enumerated()
    where size > 0 && means.indices.contains(index) && means[index].isFinite {
      let (n, mean) = (Double(size), Double(means[index]))
      let error = errors[index].isFinite ? Double(errors[index]) : 0
      count += size
      sum += n * mean
      squares += error * error * n * (n - 1) + n * mean * mean
    }
    return Estimate(count: count, sum: sum, sumOfSquares: squares)
  }
}
