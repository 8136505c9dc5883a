/// One way of feeding images run after another whose answers are known, for as long as it can still
/// become clearly more accurate.
///
/// Stopped early it gives the same verdict as all images would (deterministic curtailment; K. Lan, R.
/// Simon, M. Halperin, Communications in Statistics C 1(3), 1982, doi:10.1080/07474948208836014).
struct AccuracyChase {
  /// Places among the images, those that the known one gets wrong first: there the other can gain.
  let order: [Int]
  private let known: [Bool]
  private let weights: [Double]
  private var answers: [Bool?]

  /// - Parameters:
  ///   - known: Whether each image was right.
  ///   - weights: How many images each stands for, at least 1.
  init(after known: [Bool], weights: [Double]) {
    (self.known, self.weights) = (known, weights)
    answers = Array(repeating: nil, count: known.count)
    let wrong = known.indices.filter { !known[$0] }
    order =
      wrong.filter { weights[$0] > 1 } + wrong.filter { weights[$0] <= 1 }
      + known.indices.filter { known[$0] }
  }

  /// Notes whether the other gets an image right.
  mutating func note(_ isCorrect: Bool, at place: Int) { answers[place] = isCorrect }

  /// Whether answers to the images left could make it more accurate by more than `tolerance` standard
  /// errors, nought or more.
  ///
  /// A gain on an image that stands for itself alone, or a loss that fails to come on any, never takes from
  /// a lead in standard errors: it is greatest with all of them. A gain on one that stands for several may,
  /// so nothing is said before those are known.
  func canLead(by tolerance: Double) -> Bool {
    let isOpen = order.contains { answers[$0] == nil && !known[$0] && weights[$0] > 1 }
    if isOpen { return true }
    let best = answers.map { $0 ?? true }
    return pairedZ(best.map { $0 ? 1 : 0 }, known.map { $0 ? 1 : 0 }, weights: weights) > tolerance
  }
}
