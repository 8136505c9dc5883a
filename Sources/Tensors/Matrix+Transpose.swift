extension Matrix {
  /// Rows as columns.
  ///
  /// - Complexity: O(rows · columns).
  public func transposed() -> Matrix {
    var turned = Array(repeating: Float(0), count: values.count)
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        turned[column * rowCount + row] = values[row * columnCount + column]
      }
    }
    return Matrix(rowCount: columnCount, columnCount: rowCount, values: turned)
  }
}
