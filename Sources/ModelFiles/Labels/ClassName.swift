/// A class name taken apart: WordNet id and synonyms.
///
/// Reads `n01440764`, `n01440764_tench`, `n01440764 tench, Tinca tinca` and plain names.
struct ClassName: Hashable, Sendable {
  /// The number of the WordNet id in front, without its letter.
  var wordNetNumber: Int?
  /// The name without the id; empty when there was only an id.
  var text: String

  init(_ name: String) {
    let trimmed = name.trimmingSpaces()
    let bytes = Array(trimmed.utf8)
    let digits = bytes.dropFirst().prefix(8)
    let isNumbered =
      bytes.count >= 9 && bytes[0] | 0x20 == UInt8(ascii: "n")
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && (bytes.count == 9 || " _-\t:,.".utf8.contains(bytes[9]))
    wordNetNumber = isNumbered ? Int(String(decoding: digits, as: UTF8.self)) : nil
    let rest = isNumbered ? String(decoding: bytes.dropFirst(10), as: UTF8.self) : trimmed
    text = rest.trimmingSpaces()
  }

  /// The name as it should be shown: its first synonym, without underscores.
  var display: String {
    let first = text.split(separator: ",").first.map(String.init) ?? text
    return first.replacing("_", with: " ").trimmingSpaces()
  }

  /// Every way the name may be written elsewhere: the whole, then each synonym; normalised.
  var keys: [String] {
    let parts = text.split(separator: ",").map { Self.normalized(String($0)) }
    return ([Self.normalized(text)] + parts).filter { !$0.isEmpty }
  }

  /// Letters and digits only, in lower case.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Whether an output of this name stands for no class at all.
  var isBackground: Bool {
    ["background", "dummy", "none", "unknownbackground"].contains(Self.normalized(text))
  }
}
