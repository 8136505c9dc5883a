import Inference

extension InferenceRun {
  /// Fills the next batch with one image; zeros stand for the others that a network of a fixed
  /// batch size takes.
  ///
  /// - Parameters:
  ///   - size: Values of an image.
  ///   - write: Lent the image's values, to be filled.
  func fill<Result>(
    imageSize size: Int, batchSize: Int, _ write: (inout MutableSpan<Float>) throws -> Result
  ) throws -> Result {
    try withInput(count: batchSize * size) { input in
      for index in size..<max(size, input.count) { input[index] = 0 }
    }
    return try withInput(count: batchSize * size, part: 0..<size, write)
  }
}
