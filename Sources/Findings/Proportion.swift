import Atlases

/// A share of counted things, with the bounds that chance allows.
struct Proportion: Sendable {
  var count: Int
  var total: Int

  init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// 0 of nothing is 0.
  var share: Double { total > 0 ? Double(count) / Double(total) : 0 }

  /// The share that the true one exceeds with 97.5 % confidence.
  var lower: Double { interval?.lowerBound ?? 0 }

  /// The share that the true one stays below with 97.5 % confidence.
  var upper: Double { interval?.upperBound ?? 1 }

  private var interval: ClosedRange<Double>? {
    ClassFigures(count: total, correct: count).interval
  }
}
