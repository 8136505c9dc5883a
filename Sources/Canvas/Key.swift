/// What a person did at the terminal.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case control(Unicode.Scalar)
  case up, down, left, right
  case home, end, pageUp, pageDown
  case enter, escape, backspace, delete, tab, backTab
  case function(Int)
  case mousePress(row: Int, column: Int)
  case mouseDoubleClick(row: Int, column: Int)
  case scrollUp(row: Int, column: Int)
  case scrollDown(row: Int, column: Int)
  /// The terminal told how its background is.
  case appearance(Appearance)
  /// The screen has a new size.
  case resize
}
