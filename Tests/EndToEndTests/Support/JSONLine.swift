import Foundation
import Testing

/// JSON lines as a script would read them.
enum JSONLine {
  static func all(of text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// A whole text that is one object, over as many lines as it likes.
  static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  static func last(of text: String) throws -> [String: Any] {
    try #require(try all(of: text).last)
  }
}
