import Canvas

extension Appearance {
  /// From `COLORFGBG`, which some terminals set to the numbers of their text and background colours:
  /// `15;0`, `0;default;15`. Nil when it says nothing of the background.
  package init?(colorFGBG value: String) {
    guard value.contains(";"), let last = value.split(separator: ";").last,
      let number = Int(last), (0...15).contains(number)
    else { return nil }
    // The light half of the sixteen but dark grey, and the first eight's white.
    self = number == 7 || number > 8 ? .light : .dark
  }
}
