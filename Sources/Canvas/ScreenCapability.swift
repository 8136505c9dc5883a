/// How many colours the screen has.
public enum ColorTier: String, Hashable, Sendable, CaseIterable {
  case truecolor
  case palette256 = "256"
  case palette16 = "16"
  case mono
}

/// Which glyphs the screen can be trusted with.
public enum GlyphTier: String, Hashable, Sendable, CaseIterable {
  case unicode
  case ascii
}

/// Rows and columns of a screen.
public struct ScreenSize: Hashable, Sendable {
  public var height: Int
  public var width: Int

  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}
