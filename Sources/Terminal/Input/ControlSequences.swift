import Canvas

/// What characters and escape sequences mean as keys (ECMA-48 and xterm).
enum ControlSequences {
  /// A character outside sequences; nil for those that mean nothing.
  static func plain(_ character: Unicode.Scalar) -> Key? {
    switch character.value {
    case 0x00: .control(" ")
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x01...0x1A: Unicode.Scalar(character.value + 0x60).map { .control($0) }
    case 0x1C...0x1F: Unicode.Scalar(character.value + 0x40).map { .control($0) }
    case 0x80...0x9F: nil
    default: .character(character)
    }
  }

  /// After `ESC O`.
  static let shiftThree: [Unicode.Scalar: Key] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "M": .enter,
    "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
  ]

  /// After `ESC [` and numbers; modifiers are ignored.
  static func key(final: Unicode.Scalar, _ values: [Int]) -> Key? {
    switch final {
    case "~": numbered[values.first ?? 0]
    case "Z": .backTab
    case "A", "B", "C", "D", "H", "F", "P", "Q", "R", "S": shiftThree[final]
    default: nil
    }
  }

  private static let numbered: [Int: Key] = {
    var keys: [Int: Key] = [
      1: .home, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    ]
    let functions = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    for (index, number) in functions.enumerated() { keys[number] = .function(index + 1) }
    return keys
  }()
}
