import CVectorKernels
import Tensors

/// Sum, largest value and its first position of neurons whose values lie side by side, eight to a
/// panel.
///
/// Single precision within sixteen positions, double precision across; NaN is passed over by
/// the maximum and spoils the sum. Lane `i` of panel `p` is at `8·p + i`.
struct LanePeaks {
  private static let lanes = Int(VK_PANEL)

  private let variant: Int32
  /// Of each panel's first value at its first position.
  private let starts: [Int]
  private(set) var sums: [Double]
  private(set) var maxima: [Float]
  private(set) var positions: [Int32]

  /// Room for panels that start at `starts`.
  init(starts: [Int], variant: VectorVariant = .widest) {
    precondition(starts.allSatisfy { $0 >= 0 })
    self.starts = starts
    self.variant = variant.number
    sums = Array(repeating: 0, count: starts.count * Self.lanes)
    maxima = Array(repeating: 0, count: sums.count)
    positions = Array(repeating: 0, count: sums.count)
  }

  /// Overwrites all with those of `values`.
  ///
  /// - Parameters:
  ///   - count: Positions, at least one.
  ///   - stride: Values from one position to the next, at least 8.
  /// - Complexity: O(panels · `count`).
  mutating func find(in values: Span<Float>, count: Int, stride: Int) {
    guard let last = starts.max() else { return }
    precondition(stride >= Self.lanes && count > 0 && count <= Int32.max)
    precondition(last + (count - 1) * stride + Self.lanes <= values.count)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe starts.withUnsafeBytes { starts in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe maxima.withUnsafeMutableBufferPointer { maxima in
            unsafe positions.withUnsafeMutableBufferPointer { positions in
              unsafe vk_lane_peaks(
                variant, starts.count / MemoryLayout<Int>.stride,
                starts.baseAddress?.assumingMemoryBound(to: Int.self), count, stride,
                values.baseAddress, sums.baseAddress, maxima.baseAddress, positions.baseAddress)
            }
          }
        }
      }
    }
  }
}
