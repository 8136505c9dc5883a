/// How the network classified the images.
public struct ClassificationResult: Equatable, Sendable {
  /// Data set class → output index; nil where the network has no such output.
  public var outputOfClass: [Int?]
  public var outputCount: Int
  /// Labelled images whose best output is their class, and in whose best five it is.
  public var top1Count: Int
  public var top5Count: Int
  public var labeledCount: Int
  /// Images of class *row* whose best output is that of class *column*; row-major
  /// classes × (classes + 1), the last column counts outputs that are no class of the data set.
  public var confusion: [Int]
  /// One an image of the data set, nil where it was not (yet) run.
  public var predictions: [ImagePrediction?]

  public init(
    outputOfClass: [Int?], outputCount: Int, top1Count: Int, top5Count: Int, labeledCount: Int,
    confusion: [Int], predictions: [ImagePrediction?]
  ) {
    self.outputOfClass = outputOfClass
    self.outputCount = outputCount
    self.top1Count = top1Count
    self.top5Count = top5Count
    self.labeledCount = labeledCount
    self.confusion = confusion
    self.predictions = predictions
  }

  /// Share of labelled images; nil before the first.
  public var top1: Double? { labeledCount > 0 ? Double(top1Count) / Double(labeledCount) : nil }
  public var top5: Double? { labeledCount > 0 ? Double(top5Count) / Double(labeledCount) : nil }
}

/// What the network said of one image.
public struct ImagePrediction: Hashable, Sendable, Codable {
  /// Best output; the lowest index among equals.
  public var output: Int32
  /// Softmax probability of that output (the output itself when it already is one).
  public var confidence: Float
  /// Outputs above the true one, 0 when right; -1 without a label.
  public var rankOfTruth: Int32

  public init(output: Int32, confidence: Float, rankOfTruth: Int32) {
    self.output = output
    self.confidence = confidence
    self.rankOfTruth = rankOfTruth
  }
}
