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
  public var foreground: Color?
  public var background: Color?
  public var attributes: CellAttributes

  public init(
    foreground: Color? = nil, background: Color? = nil, attributes: CellAttributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attributes.
  public static let plain = Style()
}

/// What one terminal cell shows. A glyph two columns wide is followed by a cell whose scalar
/// is ``Cell/continuation``.
public struct Cell: Hashable, Sendable {
  public var glyph: Unicode.Scalar
  public var style: Style

  public init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  /// A space in the plain style.
  public static let blank = Cell(" ")
  /// Marks the right half of a wide glyph.
  public static let continuation: Unicode.Scalar = "\u{0}"
}
