import Atlases
import Explorer
import Pipeline

/// What reaches the loop from outside the terminal.
enum LoopMessage: Sendable {
  /// The model was read; the first thing an analysis tells.
  case opened(Atlas)
  case action(ExplorerAction)
  /// The images that an atlas is of are here.
  case imagesFound(path: String)
  /// The analysis is over: its outcome, or why there is none. Nil after the outcome was told.
  case ended(Result<AnalysisOutcome?, CommandFailure>)

  /// In the explorer of lines: a line, the end of the input, a signal that ends the visit.
  case typed(String)
  case inputEnded
  case signal(Int32)

  /// Whether a newer message of the same kind makes this one needless.
  func isReplaced(by newer: LoopMessage) -> Bool {
    switch (self, newer) {
    case (.action(.progress), .action(.progress)): true
    case (.action(.atlasRefreshed), .action(.atlasRefreshed)): true
    case (.action(.measuring), .action(.measuring)): true
    case (.action(.measuringInfluence), .action(.measuringInfluence)): true
    default: false
    }
  }
}
