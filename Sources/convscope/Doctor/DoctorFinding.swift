/// One thing that was looked at, for people and scripts.
struct DoctorFinding: Encodable {
  enum State: String, Encodable {
    case ok, warn
  }

  /// `engine`, `colours`, `cache`…
  var topic: String
  var state: State
  var text: String
  /// What to do about a warning.
  var advice: String?
  /// More of the same, such as the engines not used.
  var details: [String] = []

  static func ok(_ topic: String, _ text: String, details: [String] = []) -> DoctorFinding {
    DoctorFinding(topic: topic, state: .ok, text: text, details: details)
  }

  static func warn(_ topic: String, _ text: String, _ advice: String?, details: [String] = [])
    -> DoctorFinding
  {
    DoctorFinding(topic: topic, state: .warn, text: text, advice: advice, details: details)
  }

  /// `ok    engine     …`, with details and advice below.
  var lines: [String] {
    let indent = "                  "
    let head = state.rawValue.padded(to: 6) + topic.padded(to: 12)
    return [head + text] + details.map { indent + $0 } + (advice.map { [indent + "→ " + $0] } ?? [])
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
