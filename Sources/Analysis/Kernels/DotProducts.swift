import CVectorKernels
import Tensors

/// Dot products of the rows of some panels with the rows of some groups, made together.
///
/// Each is summed in column order, in single precision, without fused multiply-add: the same bits on
/// every processor, and `x·y` equals `y·x` exactly.
struct DotProducts {
  /// Panels that share a pass over the groups; more do not fit the registers.
  static let panelsAtOnce = 2

  private let variant: Int32
  private let columnCount: Int
  private let groupCount: Int
  private var values: [SIMD8<Float>]

  /// Room for products with `groupCount` groups of rows.
  init(columnCount: Int, groupCount: Int, variant: VectorVariant = .widest) {
    self.variant = variant.number
    self.columnCount = columnCount
    self.groupCount = groupCount
    values = Array(repeating: .zero, count: Self.panelsAtOnce * groupCount * 4)
  }

  /// Overwrites all products.
  ///
  /// - Parameters:
  ///   - panels: Columns of the first panel, then of the second; at most ``panelsAtOnce``.
  ///   - groups: Columns of each group in turn.
  /// - Complexity: O(panels · groups · columns).
  mutating func multiply(_ panels: Span<SIMD8<Float>>, _ groups: Span<SIMD4<Float>>) {
    guard columnCount > 0 else { return }
    let panelCount = panels.count / columnCount
    precondition(panelCount <= Self.panelsAtOnce && panelCount * columnCount == panels.count)
    precondition(groups.count == groupCount * columnCount)
    unsafe panels.withUnsafeBytes { panels in
      unsafe groups.withUnsafeBytes { groups in
        unsafe values.withUnsafeMutableBytes { values in
          unsafe vk_dot_products(
            variant, columnCount, panelCount, groupCount,
            panels.baseAddress?.assumingMemoryBound(to: Float.self),
            groups.baseAddress?.assumingMemoryBound(to: Float.self),
            values.baseAddress?.assumingMemoryBound(to: Float.self))
        }
      }
    }
  }

  /// Products of the rows of a panel with row `row` of the groups.
  @inline(__always)
  subscript(panel: Int, row: Int) -> SIMD8<Float> { values[panel * groupCount * 4 + row] }
}
