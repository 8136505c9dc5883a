/// How a pool of two spatial axes moves over a map: rows, then columns.
public struct PoolWindow: Hashable, Sendable {
  public var size: [Int]
  public var strides: [Int]
  public var dilations: [Int]
  public var padsBefore: [Int]
  /// Positions it takes.
  public var positions: [Int]

  /// - Precondition: Two entries each; sizes, strides, dilations and positions are positive, paddings
  ///   not negative.
  public init(
    size: [Int], strides: [Int] = [1, 1], dilations: [Int] = [1, 1], padsBefore: [Int] = [0, 0],
    positions: [Int]
  ) {
    precondition([size, strides, dilations, padsBefore, positions].allSatisfy { $0.count == 2 })
    precondition((size + strides + dilations + positions).allSatisfy { $0 > 0 })
    precondition(padsBefore.allSatisfy { $0 >= 0 })
    self.size = size
    self.strides = strides
    self.dilations = dilations
    self.padsBefore = padsBefore
    self.positions = positions
  }

  /// Places of a map of `height` × `width` that the pool covers at a position, row-major; padding is
  /// left out.
  ///
  /// - Complexity: O(places of the window).
  public func places(row: Int, column: Int, height: Int, width: Int) -> [Int] {
    let rows = covered(0, at: row, length: height)
    let columns = covered(1, at: column, length: width)
    return rows.flatMap { row in columns.map { row * width + $0 } }
  }

  private func covered(_ axis: Int, at position: Int, length: Int) -> [Int] {
    let start = position * strides[axis] - padsBefore[axis]
    return (0..<size[axis]).map { start + $0 * dilations[axis] }
      .filter { (0..<length).contains($0) }
  }
}
