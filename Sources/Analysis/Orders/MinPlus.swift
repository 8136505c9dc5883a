import CVectorKernels
import Tensors

/// Products of matrices in which sums are minima and products are sums.
///
/// `result[r, j] = min over k of weights[r, k] + rows[k, j]`. Sixteen columns at a time are copied
/// side by side, because rows of a large table lie pages apart; a few rows of results by these
/// columns stay in registers while `k` runs, in vectors as wide as the processor has.
struct MinPlus {
  /// A block within a table: the index of its first value, and values from one row to the next.
  struct Block {
    var start: Int
    var stride: Int
  }

  /// Rows and columns of a result, and the number of sums that each of its values is least of.
  struct Shape {
    var rowCount: Int
    var columnCount: Int
    var depth: Int
  }

  private static let tile = Int(VK_TILE)

  private let variant: Int32
  /// Sixteen columns of the right operand, step by step; zero past the last one.
  private var columns: [Float]

  /// - Parameters:
  ///   - depth: The largest depth of all products.
  init(depth: Int, variant: VectorVariant = .widest) {
    self.variant = variant.number
    columns = Array(repeating: 0, count: depth * Self.tile)
  }

  /// Overwrites the block `target` of `results`; infinity where the depth is 0.
  ///
  /// - Complexity: O(rows · columns · depth).
  mutating func multiply(
    _ shape: Shape, _ weights: Span<Float>, _ left: Block, _ table: Span<Float>, _ right: Block,
    into results: inout [Float], _ target: Block
  ) {
    guard shape.rowCount > 0 else { return }
    precondition(shape.depth * Self.tile <= columns.count)
    let weightCount = (shape.rowCount - 1) * left.stride + shape.depth
    let rows = weights.extracting(left.start..<left.start + weightCount)
    for column in stride(from: 0, to: shape.columnCount, by: Self.tile) {
      let width = min(Self.tile, shape.columnCount - column)
      for step in 0..<shape.depth {
        let start = right.start + step * right.stride + column
        copy(table.extracting(start..<start + width), to: step * Self.tile)
      }
      let tile = Block(start: target.start + column, stride: target.stride)
      multiply(shape, width: width, rows, left.stride, into: &results, tile)
    }
  }

  @inline(__always)
  private mutating func copy(_ values: Span<Float>, to start: Int) {
    if values.count == Self.tile {
      for lane in 0..<Self.tile { columns[start + lane] = values[lane] }
    } else {
      for lane in values.indices { columns[start + lane] = values[lane] }
    }
  }

  /// One tile of results, whose rows lie within `weights` from one `weightStride` to the next.
  private func multiply(
    _ shape: Shape, width: Int, _ weights: Span<Float>, _ weightStride: Int,
    into results: inout [Float], _ target: Block
  ) {
    let end = target.start + (shape.rowCount - 1) * target.stride + width
    precondition(target.start >= 0 && end <= results.count)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe results.withUnsafeMutableBufferPointer { results in
          let corner = unsafe results.baseAddress?.advanced(by: target.start)
          unsafe vk_min_plus(
            variant, shape.rowCount, width, shape.depth, weights.baseAddress, weightStride,
            columns.baseAddress, corner, target.stride)
        }
      }
    }
  }
}
