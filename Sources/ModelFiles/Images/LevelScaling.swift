import CVectorKernels
import Tensors

/// What makes a channel's levels input values: (level · `scale` - `mean`) / `deviation`.
struct LevelScaling {
  var scale: Float
  var mean: Float
  var deviation: Float

  /// Each step is rounded by itself.
  func value(of level: UInt8) -> Float { (Float(level) * scale - mean) / deviation }

  /// Writes the values of the levels `first`, `first + step`, … to `places`, side by side.
  ///
  /// - Complexity: O(places).
  func write(
    _ levels: Span<UInt8>, from first: Int, step: Int, to target: inout MutableSpan<Float>,
    at places: Range<Int>, variant: VectorVariant = .widest
  ) {
    guard !places.isEmpty else { return }
    precondition(places.lowerBound >= 0 && places.upperBound <= target.count)
    precondition(
      first >= 0 && step > 0 && first + (places.count - 1) * step < levels.count)
    unsafe levels.withUnsafeBufferPointer { levels in
      unsafe target.withUnsafeMutableBufferPointer { target in
        guard let from = levels.baseAddress, let to = target.baseAddress else { return }
        unsafe vk_level_values(
          variant.number, places.count, step, from + first, scale, mean, deviation,
          to + places.lowerBound)
      }
    }
  }
}
