import ModelFiles
import Networks

/// How images enter the network and what its outputs stand for.
struct InputDecision: Sendable, Codable {
  var choice: PreprocessingChoice
  /// Nil when the images carry no labels, or none that fit the outputs.
  var mapping: ClassMapping?
  /// One an output; empty when unknown.
  var outputNames: [String]
  var outputNamesEvidence: Evidence

  /// Data set class → output.
  var outputOfClass: [Int?]? { mapping?.outputs }
}
