import Canvas

/// What the screen can show.
package struct RenderContext: Hashable, Sendable {
  package var size: ScreenSize
  package var theme: Theme

  package init(size: ScreenSize, theme: Theme = Theme()) {
    self.size = size
    self.theme = theme
  }

  /// The whole screen.
  var bounds: CellRect { CellRect(row: 0, column: 0, height: size.height, width: size.width) }

  /// Smallest screen that is drawn on.
  package static let minimumSize = ScreenSize(height: 12, width: 40)
}
