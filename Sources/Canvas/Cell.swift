/// A 24-bit colour; backends bring it to what the terminal can show.
public struct Color: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// Attributes beside colour.
public struct CellAttributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Each as terminals understand it; `reverse` swaps the two colours.
  public static let bold = CellAttributes(rawValue: 1)
  public static let dim = CellAttributes(rawValue: 2)
  public static let underline = CellAttributes(rawValue: 4)
  public static let reverse = CellAttributes(rawValue: 8)
}

/// How a cell looks; nil colours are the terminal's own.
public struct Style: Hashable, Sendable {
  /// Everything in one word, for frames compare tens of thousands of cells: 25 bits of each colour,
  /// of which the highest says that there is one, then the attributes.
  private(set) var bits: UInt64

  /// Nil colours are the terminal's own.
  public init(
    foreground: Color? = nil, background: Color? = nil, attributes: CellAttributes = []
  ) {
    bits =
      Self.bits(of: foreground) | Self.bits(of: background) << 25
      | UInt64(attributes.rawValue) << 50
  }

  /// Of the text.
  public var foreground: Color? {
    get { Self.color(of: bits) }
    set { bits = bits & ~Self.colorMask | Self.bits(of: newValue) }
  }

  /// Behind the text.
  public var background: Color? {
    get { Self.color(of: bits >> 25) }
    set { bits = bits & ~(Self.colorMask << 25) | Self.bits(of: newValue) << 25 }
  }

  /// Beside the colours.
  public var attributes: CellAttributes {
    get { CellAttributes(rawValue: UInt8(truncatingIfNeeded: bits >> 50)) }
    set { bits = bits & (1 << 50 - 1) | UInt64(newValue.rawValue) << 50 }
  }

  /// The terminal's own colours, no attributes.
  public static let plain = Style()

  private static var colorMask: UInt64 { 1 << 25 - 1 }

  private static func bits(of color: Color?) -> UInt64 {
    guard let color else { return 0 }
    return 1 << 24 | UInt64(color.red) << 16 | UInt64(color.green) << 8 | UInt64(color.blue)
  }

  private static func color(of bits: UInt64) -> Color? {
    guard bits & 1 << 24 != 0 else { return nil }
    return Color(
      UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
      UInt8(truncatingIfNeeded: bits))
  }
}

/// A cell's row and column in its picture, modulo 256.
struct PicturePlace: Hashable, Sendable {
  var row: UInt8
  var column: UInt8

  init(row: Int, column: Int) {
    self.row = UInt8(truncatingIfNeeded: row)
    self.column = UInt8(truncatingIfNeeded: column)
  }
}

/// What one terminal cell shows. A glyph two columns wide is followed by a cell whose scalar
/// is ``Cell/continuation``. Cells that look the same are equal.
public struct Cell: Hashable, Sendable {
  /// What it shows.
  public var glyph: Unicode.Scalar
  /// Where the cell lies in the picture that it is part of; nil for text, values and all else.
  var place: PicturePlace?
  /// Whether it is of a line that leads from one thing to another, not of a box.
  var isEdge = false
  /// How it looks, beside its glyph.
  public var style: Style

  public init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  public static func == (first: Cell, second: Cell) -> Bool {
    first.glyph == second.glyph && first.style == second.style
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(glyph)
    hasher.combine(style)
  }

  /// A space in the plain style.
  public static let blank = Cell(" ")
  /// Marks the right half of a wide glyph.
  public static let continuation: Unicode.Scalar = "\u{0}"
}
