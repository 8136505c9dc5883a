import Canvas
import Explorer

/// The state and the frame that a key would lead to.
struct Prospect {
  /// When the key came.
  var start: ContinuousClock.Instant
  var state: ExplorerState
  var effects: [ExplorerEffect]
  var frame: CellGrid
}
