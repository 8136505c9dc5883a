/// Output names made ready for looking up classes.
struct OutputNames: Sendable {
  /// 1 when output 0 is "background".
  let backgroundOffset: Int
  /// Outputs that stand for classes.
  let classCount: Int
  private var byKey: [String: Int] = [:]
  private var byWordNetNumber: [Int: Int] = [:]
  /// Keys that several outputs share, such as the two cranes of ImageNet.
  private var ambiguous: Set<String> = []

  /// Nil when the names cannot belong to that many outputs.
  init?(_ names: [String], outputCount: Int) {
    let parsed = names.map(ClassName.init)
    let namesBackground = parsed.first?.isBackground == true
    let shift: Int
    switch outputCount - names.count {
    case 0: shift = 0
    case 1 where !namesBackground: shift = 1
    case -1 where namesBackground: shift = -1
    default: return nil
    }
    backgroundOffset = namesBackground ? 1 + shift : shift
    classCount = outputCount - max(backgroundOffset, 0)
    for (place, name) in parsed.enumerated() where !(name.isBackground && place == 0) {
      let output = place + shift
      if let number = name.wordNetNumber { byWordNetNumber[number] = output }
      for key in Set(name.keys) {
        if let known = byKey[key], known != output { ambiguous.insert(key) }
        byKey[key] = byKey[key] ?? output
      }
    }
  }

  /// Whether the names themselves carry WordNet ids.
  var hasWordNetNumbers: Bool { !byWordNetNumber.isEmpty }

  /// The output of a class: by WordNet id, whole name, then its first unambiguous synonym.
  func output(of name: ClassName) -> Int? {
    if let number = name.wordNetNumber, let output = byWordNetNumber[number] { return output }
    let keys = name.keys
    for key in keys where !ambiguous.contains(key) {
      if let output = byKey[key] { return output }
    }
    return keys.lazy.compactMap { byKey[$0] }.first
  }
}
