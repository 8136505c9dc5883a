import ArgumentParser
import Canvas
import Explorer

/// How `show` prints a screen.
enum FrameFormat: String, CaseIterable, ExpressibleByArgument {
  /// The frame with colours, without, or as a picture.
  case ansi, text, svg
  /// What the screen says: as data, or in words line by line.
  case json, words

  /// Colours for people, plain text for programs.
  static var standard: FrameFormat { Standard.output.isTerminal ? .ansi : .text }
}

extension ScreenOptions {
  /// Prints what the explorer shows.
  ///
  /// - Throws: ``CommandFailure`` when standard output takes no more.
  func put(_ explorer: StillExplorer, as format: FrameFormat) throws(CommandFailure) {
    let tier = printedTier
    let text =
      switch format {
      case .text: explorer.frame().text(glyphs: tier.glyphs)
      case .ansi: explorer.frame().ansi(tier: tier)
      case .svg: explorer.frame().svg(appearance: theme ?? .dark, glyphs: tier.glyphs)
      case .json: describe(explorer.state).json
      case .words: describe(explorer.state).text
      }
    try Standard.print(text.hasSuffix("\n") ? text : text + "\n")
  }
}
