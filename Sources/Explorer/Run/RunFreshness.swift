import Atlases
import Canvas

extension RunState {
  /// Seconds since the newest checkpoint was written; nil while nothing is watched.
  private var age: Double? {
    guard watching != nil, let now, let newest = run.checkpoints.compactMap(\.modified).max()
    else { return nil }
    return max(0, now - newest)
  }

  /// Seconds until ``RunAction/clock(_:)`` would change the screen; nil when it would not.
  package var secondsUntilOlder: Double? {
    guard let age else { return nil }
    let unit = ageUnit(age).seconds
    return unit - age.truncatingRemainder(dividingBy: unit)
  }

  /// What is watched and how fresh it is, the longest wording that fits; empty when nothing is.
  func freshness(width: Int) -> [(String, StyleRole)] {
    guard let watching else { return [] }
    let how: (String, StyleRole) = (watching.isPolling ? "polling" : "watching", .progress)
    if let name = watching.writing.first {
      let others = watching.writing.count - 1
      let verb = others > 0 ? " and \(others) more are" : " is"
      let news = [("\(name)\(verb) being written", StyleRole.warning)]
      if pieceWidth(news) <= width { return news }
    }
    guard let age else { return [how] }
    let words = ageText(age)
    let wordings: [[(String, StyleRole)]] = [
      [("newest checkpoint \(words) ago · ", .label), how],
      [("newest \(words) ago · ", .label), how],
      [("newest \(words) ago", .label)],
      [("\(words) ago", .label)],
    ]
    return wordings.first { pieceWidth($0) <= width } ?? []
  }
}

/// Cells that pieces of a line take.
func pieceWidth(_ pieces: [(String, StyleRole)]) -> Int {
  pieces.reduce(0) { $0 + cellWidth(of: $1.0) }
}

/// `12 s`, `3 min`, `5 h`, `4 days`: whole units, rounded down.
func ageText(_ seconds: Double) -> String {
  let unit = ageUnit(seconds)
  return "\(Int(seconds / unit.seconds)) \(unit.name)"
}

private func ageUnit(_ seconds: Double) -> (seconds: Double, name: String) {
  switch seconds {
  case ..<60: (1, "s")
  case ..<3600: (60, "min")
  case ..<(48 * 3600): (3600, "h")
  default: (86_400, "days")
  }
}
