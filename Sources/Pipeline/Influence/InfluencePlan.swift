import Networks

/// Which connections to measure, and on which images.
struct InfluencePlan: Sendable {
  var modelPath: String
  /// Lengths of one image's axes, batch left out.
  var imageShape: [Int]
  /// Images of the data set, in order.
  var images: [Int]
  var edges: [InfluenceEdge]
  var provider: String?
  /// Threads in all; nil for one a core.
  var threadCount: Int?
}
