import Atlases

/// One change of a layer's clusters.
struct EditStep: Equatable, Sendable {
  var layer: Int
  /// Nil where the clusters stood as computed.
  var before: LayerGrouping?
  var after: LayerGrouping?
  /// What was done, in words that follow "undone: ".
  var what: String
}

/// What was changed by hand, and the way back.
struct EditHistory: Equatable, Sendable {
  private(set) var past: [EditStep] = []
  private(set) var future: [EditStep] = []

  /// A new change; what was undone before is gone.
  mutating func record(_ step: EditStep) {
    past.append(step)
    future = []
  }

  /// The change to take back now.
  mutating func undo() -> EditStep? {
    guard let step = past.popLast() else { return nil }
    future.append(step)
    return step
  }

  /// The change to make again now.
  mutating func redo() -> EditStep? {
    guard let step = future.popLast() else { return nil }
    past.append(step)
    return step
  }
}
