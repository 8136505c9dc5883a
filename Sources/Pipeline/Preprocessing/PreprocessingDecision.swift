public import ModelFiles
public import Networks

/// The preprocessing and the class mapping to use, found together.
public struct PreprocessingDecision: Hashable, Sendable {
  public var choice: PreprocessingChoice
  /// Nil where the classes could not be matched with outputs, or there are none.
  public var mapping: ClassMapping?

  /// A choice with the mapping it was found under.
  public init(choice: PreprocessingChoice, mapping: ClassMapping?) {
    self.choice = choice
    self.mapping = mapping
  }

  /// The most usual way, for want of labels to verify it by.
  ///
  /// - Precondition: `candidates` is not empty.
  public static func assumed(
    _ candidates: [PreprocessingTrial], mapping: ClassMapping?, because reason: String
  ) -> PreprocessingDecision {
    var chosen = candidates[0]
    chosen.preprocessing.backgroundOffset = mapping?.backgroundOffset ?? 0
    return PreprocessingDecision(
      choice: PreprocessingChoice(
        chosen: chosen, evidence: .assumed, runnersUp: Array(candidates.dropFirst()),
        reason: reason),
      mapping: mapping)
  }
}
