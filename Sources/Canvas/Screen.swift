/// Something that shows frames and yields keys: a terminal, or a script in tests.
public protocol Screen: ~Copyable {
  var size: ScreenSize { get }
  var colorTier: ColorTier { get }
  var glyphTier: GlyphTier { get }

  /// Shows `frame`, sending only what changed since the last one.
  mutating func present(_ frame: CellGrid)

  /// Waits until a key arrives, `descriptor` is readable, or the time is over.
  mutating func waitForInput(or descriptor: Int32, milliseconds: Int)

  /// Keys typed since the last call, oldest first.
  mutating func readKeys() -> [Key]
}
