/// Products of matrices in which sums are minima and products are sums.
///
/// `result[r, j] = min over k of weights[r, k] + rows[k, j]`. Sixteen columns at a time are copied
/// side by side, because rows of a large table lie pages apart; two rows of results by these
/// columns stay in registers while `k` runs.
struct MinPlus {
  private typealias Lanes = SIMD16<Float>

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

  /// Sixteen columns of the right operand; infinity past the last one.
  private var columns: [Lanes]

  /// - Parameters:
  ///   - depth: The largest depth of all products.
  init(depth: Int) {
    columns = Array(repeating: Lanes(repeating: .infinity), count: depth)
  }

  /// Overwrites the block `target` of `results`; infinity where the depth is 0.
  ///
  /// - Complexity: O(rows · columns · depth).
  mutating func multiply(
    _ shape: Shape, _ weights: Span<Float>, _ left: Block, _ table: Span<Float>, _ right: Block,
    into results: inout [Float], _ target: Block
  ) {
    for column in stride(from: 0, to: shape.columnCount, by: Lanes.scalarCount) {
      let width = min(Lanes.scalarCount, shape.columnCount - column)
      for step in 0..<shape.depth {
        let start = right.start + step * right.stride + column
        columns[step] = lanes(table.extracting(start..<start + width))
      }
      for row in stride(from: 0, to: shape.rowCount, by: 2) {
        let other = min(row + 1, shape.rowCount - 1)
        let (first, second) = (left.start + row * left.stride, left.start + other * left.stride)
        let (one, two) = least(
          weights.extracting(first..<first + shape.depth),
          weights.extracting(second..<second + shape.depth))
        let place = target.start + column
        for lane in 0..<width {
          results[place + row * target.stride + lane] = one[lane]
          results[place + other * target.stride + lane] = two[lane]
        }
      }
    }
  }

  @inline(__always)
  private func lanes(_ values: Span<Float>) -> Lanes {
    var lanes = Lanes(repeating: .infinity)
    if values.count == Lanes.scalarCount {
      for lane in 0..<Lanes.scalarCount { lanes[lane] = values[lane] }
    } else {
      for lane in values.indices { lanes[lane] = values[lane] }
    }
    return lanes
  }

  /// Least sums of two rows of weights with the columns.
  @inline(__always)
  private func least(_ weights: Span<Float>, _ others: Span<Float>) -> (Lanes, Lanes) {
    let table = columns.span.extracting(0..<weights.count)
    precondition(others.count == weights.count)
    var one = Lanes(repeating: .infinity)
    var two = one
    for step in table.indices {
      let values = table[step]
      let (sum, otherSum) = (values + weights[step], values + others[step])
      one.replace(with: sum, where: sum .< one)
      two.replace(with: otherSum, where: otherSum .< two)
    }
    return (one, two)
  }
}
