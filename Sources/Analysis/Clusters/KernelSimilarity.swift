import Tensors

/// Clusters the neurons of a convolution by their kernels, wherever in the window the pattern
/// sits. For early layers, where class profiles say little and kernels can be read.
///
/// The similarity of two kernels is their largest cosine over small shifts of one against the
/// other: the cross-correlation of template matching (R. O. Duda, P. E. Hart, "Pattern
/// Classification and Scene Analysis", Wiley 1973), normalised by the whole kernels, so that
/// what is shifted out counts as zero. To cluster by it is ours.
public struct KernelSimilarity: Sendable {
  /// Values of a kernel: channels × height × width.
  public struct Shape: Equatable, Sendable {
    public var channels: Int
    public var height: Int
    public var width: Int

    public init(channels: Int, height: Int, width: Int) {
      self.channels = channels
      self.height = height
      self.width = width
    }
  }

  /// Shape of each kernel.
  public var shape: Shape
  /// Largest shift in each direction; smaller where kernels are many and large.
  public var mostShift = 1
  public var seed: UInt64

  public init(shape: Shape, seed: UInt64 = 0) {
    self.shape = shape
    self.seed = seed
  }

  /// Clusters neurons; those whose kernel is zero everywhere are labelled -1.
  ///
  /// - Parameters:
  ///   - kernels: One kernel a row, channels × height × width.
  ///   - clusterCount: Clusters to make; the most within 0.02 of the best silhouette when nil.
  ///   - isCancelled: Asked every few rows and at each shift; true ends the work with `.cancelled`.
  /// - Complexity: O(shifts · neurons² · kernel size).
  public func cluster(
    _ kernels: Matrix, into clusterCount: Int? = nil, isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> Clustering {
    let profiles = ActivationProfiles(kernels)
    let table = try distances(profiles, isCancelled: isCancelled)
    let cut = TableClustering(clusterCount: clusterCount, seed: seed)
    return try cut.cluster(
      table, rows: profiles.live, of: kernels.rowCount, words: "kernels (cosine, shifted)",
      isCancelled: isCancelled)
  }

  /// One less the largest cosine over shifts.
  func distances(
    _ profiles: ActivationProfiles, isCancelled: () -> Bool = { false }
  ) throws(ClusteringError) -> SquareDistances {
    let rows = profiles.unitRows
    let (area, overflows) = shape.height.multipliedReportingOverflow(by: shape.width)
    let (size, isTooLarge) = area.multipliedReportingOverflow(by: shape.channels)
    guard !overflows, !isTooLarge, size == rows.columnCount, shape.height > 0, shape.width > 0
    else {
      throw .kernelShape(
        channels: shape.channels, height: shape.height, width: shape.width,
        columnCount: rows.columnCount)
    }
    var table = SquareDistances.cosine(rows, isCancelled: isCancelled)
    if isCancelled() { throw .cancelled }
    let panels = RowPanels(rows)
    for (down, right) in shifts(rowCount: rows.rowCount) {
      if isCancelled() { throw .cancelled }
      let shifted = RowQuads(shifted(rows, down, right))
      panels.forEachProduct(with: shifted) { panel, other, products in
        for lane in 0..<min(8, rows.rowCount - panel * 8) where panel * 8 + lane != other {
          let (row, distance) = (panel * 8 + lane, max(0, 1 - products[lane]))
          if distance < table[row, other] {
            table[row, other] = distance
            table[other, row] = distance
          }
        }
      }
    }
    return table
  }

  /// Half of the shifts: the others compare the same pairs the other way round.
  private func shifts(rowCount: Int) -> [(down: Int, right: Int)] {
    let most = max(0, min(mostShift, max(shape.height, shape.width) - 1))
    let work = rowCount * rowCount * shape.channels * shape.height * shape.width
    for limit in stride(from: most, to: 0, by: -1) {
      let (tall, wide) = (min(limit, shape.height - 1), min(limit, shape.width - 1))
      let half = (0...tall).flatMap { down in
        (-wide...wide).filter { down > 0 || $0 > 0 }.map { (down: down, right: $0) }
      }
      if half.count * work <= 1 << 33 { return half }
    }
    return []
  }

  private func shifted(_ rows: Matrix, _ down: Int, _ right: Int) -> Matrix {
    let (height, width) = (shape.height, shape.width)
    var result = Matrix(rowCount: rows.rowCount, columnCount: rows.columnCount)
    for row in 0..<rows.rowCount {
      for channel in 0..<shape.channels {
        for y in max(0, down)..<height {
          for x in max(0, right)..<min(width, width + right) {
            let target = (channel * height + y) * width + x
            result[row, target] = rows[row, target - down * width - right]
          }
        }
      }
    }
    return result
  }
}
