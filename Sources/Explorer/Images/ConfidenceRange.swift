import Tensors

/// How sure the network has to be of its answer, as shares in 0…1; limits are left out themselves.
struct ConfidenceRange: Hashable, Sendable, Codable {
  /// More than that; nil for any.
  var above: Float?
  /// Less than that; nil for any.
  var below: Float?

  /// What a key steps through: hardly decided, unsure, sure, as good as certain.
  static let steps = [
    ConfidenceRange(below: 0.5), ConfidenceRange(below: 0.8), ConfidenceRange(above: 0.9),
    ConfidenceRange(above: 0.99),
  ]

  /// The step after `range`, nil (every image) after the last; the first after a range of
  /// somebody's own.
  static func step(after range: ConfidenceRange?) -> ConfidenceRange? {
    guard let range, let place = steps.firstIndex(of: range) else { return steps.first }
    return steps.indices.contains(place + 1) ? steps[place + 1] : nil
  }

  /// False for what is no number.
  func contains(_ confidence: Float) -> Bool {
    !confidence.isNaN && above.map { confidence > $0 } ?? true
      && below.map { confidence < $0 }
        ?? true
  }

  /// `confidence below 50 %`.
  var title: String {
    switch (above, below) {
    case (let above?, let below?): "confidence between \(percent(above)) and \(percent(below))"
    case (let above?, nil): "confidence above \(percent(above))"
    case (nil, let below?): "confidence below \(percent(below))"
    case (nil, nil): "any confidence"
    }
  }
}

/// With as many decimals as the share was given with, two at most: `50 %`, `99.5 %`.
private func percent(_ share: Float) -> String {
  let value = Double(share) * 100
  let decimals = (0...2).first { decimals in
    let scale = [1.0, 10, 100][decimals]
    return ((value * scale).rounded() / scale - value).magnitude < 1e-4
  }
  return NumberText.percent(Double(share), decimals ?? 2)
}
