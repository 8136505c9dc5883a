/// A layer's name as a path: `layer1.0.conv1` has the parts `layer1`, `0`, `conv1`.
struct NameParts {
  let name: String
  let parts: [Substring]

  init(_ name: String) {
    self.name = name
    parts = name.split { $0 == "." || $0 == "/" }
  }

  var isPath: Bool { parts.count > 1 }

  /// The name up to and with its part of number `count - 1`.
  func prefix(_ count: Int) -> String {
    guard count > 0, count <= parts.count else { return "" }
    return String(name[..<parts[count - 1].endIndex])
  }

  /// The name without its last part; nil for a single part.
  var parent: String? { isPath ? prefix(parts.count - 1) : nil }

  /// The part of the name that stands for a repeated unit of the architecture: up to the first
  /// numbers that something follows, as in `layer1.0.conv1`, `blocks.2.0.conv` or
  /// `res2_0_branch2a`; for plain names also up to the first part with a number, as in
  /// `block1_conv1`.
  var unit: String? {
    let pieces = isPath ? parts : name.split(separator: "_")
    guard let first = pieces.dropLast().firstIndex(where: { $0.allSatisfy(\.isNumber) }) else {
      return numberedPart(pieces)
    }
    var last = first
    while last + 1 < pieces.count, pieces[last + 1].allSatisfy(\.isNumber) { last += 1 }
    guard last + 1 < pieces.count else { return nil }
    return String(name[..<pieces[last].endIndex])
  }

  private func numberedPart(_ pieces: [Substring]) -> String? {
    guard !isPath, let first = pieces.first, pieces.count > 1, first.last?.isNumber == true else {
      return nil
    }
    return String(first)
  }

  /// The longest path that all names begin with; for plain names the longest beginning that ends
  /// before an underscore, three characters at least. Empty when there is none.
  static func common(_ names: [String]) -> String {
    guard let first = names.first, names.count > 1 else { return names.first ?? "" }
    let parts = names.map(NameParts.init)
    let shortest = parts.map(\.parts.count).min() ?? 0
    let count =
      (0..<shortest).first { place in
        parts.contains { $0.parts[place] != parts[0].parts[place] }
      } ?? shortest
    if count > 0 { return parts[0].prefix(count) }
    var length = first.count
    for name in names.dropFirst() {
      length = min(length, zip(first, name).prefix { $0 == $1 }.count)
    }
    let shared = first.prefix(length)
    if names.allSatisfy({ $0.count == length || $0.dropFirst(length).first == "_" }), length >= 3 {
      return String(shared)
    }
    guard let mark = shared.lastIndex(of: "_") else { return "" }
    let stem = shared[..<mark]
    return stem.count >= 3 ? String(stem) : ""
  }
}
