/// A dense row-major matrix of 32-bit floats.
///
/// Invariant: `values.count == rowCount * columnCount`.
public struct Matrix: Equatable, Sendable {
  public let rowCount: Int
  public let columnCount: Int
  public private(set) var values: [Float]

  /// - Precondition: `values.count == rowCount * columnCount`.
  public init(rowCount: Int, columnCount: Int, values: [Float]) {
    precondition(
      values.count == rowCount * columnCount, "expected \(rowCount)×\(columnCount) values")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix with the same value everywhere.
  public init(rowCount: Int, columnCount: Int, repeating value: Float = 0) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      values: Array(repeating: value, count: rowCount * columnCount))
  }

  /// The value at `row`, `column`, both from 0.
  public subscript(row: Int, column: Int) -> Float {
    get {
      precondition(column >= 0 && column < columnCount)
      return values[row * columnCount + column]
    }
    set {
      precondition(column >= 0 && column < columnCount)
      values[row * columnCount + column] = newValue
    }
  }

  /// A copy of row `index`.
  public func row(_ index: Int) -> ArraySlice<Float> {
    values[index * columnCount..<(index + 1) * columnCount]
  }

  /// Lends row `index` to `body` without copying.
  public func withRow<Result, Failure: Error>(
    _ index: Int, _ body: (Span<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(values.span.extracting(index * columnCount..<(index + 1) * columnCount))
  }
}
