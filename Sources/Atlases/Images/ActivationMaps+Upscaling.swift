import Networks

extension ActivationMaps {
  /// A map of these maps' size drawn over the whole input, `height` × `width` samples, each at the
  /// centre of its share of the input; bilinear between the positions' centres.
  ///
  /// - Parameters:
  ///   - map: Rows × columns, as ``mean(of:)`` gives it.
  ///   - field: The layer's.
  /// - Complexity: O(samples).
  public func upscaled(
    _ map: [Float], through field: ReceptiveField?, inputHeight: Int, inputWidth: Int,
    height: Int, width: Int
  ) -> [Float] {
    precondition(map.count == self.height * self.width)
    guard !map.isEmpty, height > 0, width > 0 else { return [] }
    let rows = MapPlacement(
      field, axis: 0, count: self.height, reduction: reduction, length: inputHeight)
    let columns = MapPlacement(
      field, axis: 1, count: self.width, reduction: reduction, length: inputWidth)
    let across = (0..<width).map {
      columns.neighbors(of: (Double($0) + 0.5) * Double(inputWidth) / Double(width))
    }
    var samples: [Float] = []
    samples.reserveCapacity(height * width)
    for y in 0..<height {
      let row = rows.neighbors(of: (Double(y) + 0.5) * Double(inputHeight) / Double(height))
      for column in across {
        func value(_ y: Int) -> Double {
          let left = Double(map[y * self.width + column.lower])
          return left + (Double(map[y * self.width + column.upper]) - left) * column.share
        }
        let upper = value(row.lower)
        samples.append(Float(upper + (value(row.upper) - upper) * row.share))
      }
    }
    return samples
  }
}
