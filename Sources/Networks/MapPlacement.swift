/// Where the positions of a layer's map lie on the network's input, along one axis.
///
/// A position stands at the centre of its receptive field, and between centres values are
/// interpolated: D. Bau, B. Zhou, A. Khosla, A. Oliva, A. Torralba, "Network Dissection:
/// Quantifying Interpretability of Deep Visual Representations", CVPR 2017,
/// doi:10.1109/CVPR.2017.354. Where a layer's receptive field is not known, the map is stretched
/// evenly over the input.
public struct MapPlacement: Hashable, Sendable {
  /// Centre of the first position and distance to the next, in pixels of the input.
  public let first: Double
  public let step: Double
  public let count: Int

  /// - Parameters:
  ///   - axis: 0 for rows, 1 for columns.
  ///   - count: Values along the axis, each the mean of `reduction` positions.
  ///   - length: Of the input along the axis, pixels.
  public init(_ field: ReceptiveField?, axis: Int, count: Int, reduction: Int, length: Int) {
    self.count = count
    if let field, let (size, jump, start) = field.usable(axis) {
      step = Double(jump * reduction)
      first = Double(start) + Double(size) / 2 + Double(jump * (reduction - 1)) / 2
    } else {
      step = Double(length) / Double(max(1, count))
      first = step / 2
    }
  }

  /// The two positions between which a pixel coordinate lies, and the share of the second; beyond
  /// the outermost centres, the outermost position.
  public func neighbors(of coordinate: Double) -> (lower: Int, upper: Int, share: Double) {
    let place = min(Double(max(0, count - 1)), max(0, (coordinate - first) / step))
    let lower = Int(place)
    return (lower, min(lower + 1, count - 1), place - Double(lower))
  }
}

extension ReceptiveField {
  /// Size, jump and start along an axis; nil for numbers that only a damaged file has.
  fileprivate func usable(_ axis: Int) -> (size: Int, jump: Int, start: Int)? {
    let parts = [size, jump, start]
    let limits = -(1 << 24)...(1 << 24)
    guard parts.allSatisfy({ $0.count == 2 && limits.contains($0[axis]) }), jump[axis] > 0,
      size[axis] > 0
    else { return nil }
    return (size[axis], jump[axis], start[axis])
  }
}
