/// What a styled piece of the screen means.
package enum StyleRole: String, Hashable, Sendable, CaseIterable {
  case title, subtitle, header, footer
  case border, focusBorder, edge
  /// The selected row or item; the one cell under the cursor.
  case selection, cursor
  case label, value, dim, link
  /// A hit of the search.
  case match
  case good, warning, bad, dead
  /// Signs of weights and contributions.
  case excitatory, inhibitory
  /// A key in the footer or help, and what it does.
  case key, keyLabel
  case progress, progressTrack
}
