import Analysis
import Networks

/// Products and pools on the way to a target.
extension OwnPart {
  /// Multiplies with a tensor that has the maps' lengths, or 1 where one value stands for an axis.
  mutating func multiply(_ shape: [Int], _ factors: Span<Float>) -> Bool {
    let lengths = Array(shape.dropFirst()) + Array(repeating: 1, count: max(0, 4 - shape.count))
    let own = [maps.neuronCount, maps.height, maps.width]
    guard !maps.isChannelLast, lengths.count == 3, lengths.reduce(1, *) == factors.count,
      zip(lengths, own).allSatisfy({ $0 == $1 || $0 == 1 })
    else { return false }
    let strides = [lengths[1] * lengths[2], lengths[2], 1]
    func place(_ axis: Int, _ index: Int) -> Int { lengths[axis] == 1 ? 0 : index * strides[axis] }
    for channel in 0..<own[0] {
      for row in 0..<own[1] {
        let from = place(0, channel) + place(1, row)
        let to = (channel * own[1] + row) * own[2]
        for column in 0..<own[2] { values[to + column] *= factors[from + place(2, column)] }
      }
    }
    return true
  }

  /// Keeps what stands at the first maximum of `seen` in each window.
  mutating func pick(_ seen: Span<Float>, _ window: PoolWindow) -> Bool {
    guard seen.count == values.count else { return false }
    return pool(window) { part, start, places in
      guard var best = places.first else { return 0 }
      for place in places where seen[start + place] > seen[start + best] { best = place }
      return part[start + best]
    }
  }

  /// Averages what each window covers.
  mutating func mean(_ window: PoolWindow, _ countsPadding: Bool) -> Bool {
    pool(window) { part, start, places in
      let sum = places.reduce(0.0) { $0 + Double(part[start + $1]) }
      let count = countsPadding ? window.size[0] * window.size[1] : places.count
      return count > 0 ? Float(sum / Double(count)) : 0
    }
  }

  /// Replaces each map by one value a position of the window.
  ///
  /// - Parameter value: Told all maps, where one starts and the places that are covered, row-major.
  private mutating func pool(
    _ window: PoolWindow, _ value: (Span<Float>, _ start: Int, _ places: [Int]) -> Float
  ) -> Bool {
    let (rows, columns) = (window.positions[0], window.positions[1])
    let covered = min(window.size[0], maps.height) * min(window.size[1], maps.width)
    let (count, isTooLarge) = (rows * columns).multipliedReportingOverflow(
      by: max(covered, maps.neuronCount))
    guard !maps.isChannelLast, !isTooLarge, count <= InfluenceEdge.limit else { return false }
    let size = maps.positionCount
    var pooled = Array(repeating: Float(0), count: maps.neuronCount * rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let places = window.places(
          row: row, column: column, height: maps.height, width: maps.width)
        for channel in 0..<maps.neuronCount {
          pooled[(channel * rows + row) * columns + column] = value(
            values.span, channel * size, places)
        }
      }
    }
    return replace(pooled, [1, maps.neuronCount, rows, columns])
  }
}
