extension Span where Element == Float {
  /// Eight neighbouring values, the first at `start`.
  @inline(__always)
  func vector(at start: Int) -> SIMD8<Float> {
    let part = extracting(start..<start + 8)
    return SIMD8(
      part[0], part[1], part[2], part[3], part[4], part[5], part[6], part[7])
  }
}

extension MutableSpan where Element == Float {
  /// Eight neighbouring values, the first at `start`.
  @inline(__always)
  func vector(at start: Int) -> SIMD8<Float> {
    precondition(start >= 0 && start <= count - 8)
    return SIMD8(
      self[start], self[start + 1], self[start + 2], self[start + 3],
      self[start + 4], self[start + 5], self[start + 6], self[start + 7])
  }

  /// Writes eight neighbouring values, the first at `start`.
  @inline(__always)
  mutating func store(_ vector: SIMD8<Float>, at start: Int) {
    precondition(start >= 0 && start <= count - 8)
    self[start] = vector[0]
    self[start + 1] = vector[1]
    self[start + 2] = vector[2]
    self[start + 3] = vector[3]
    self[start + 4] = vector[4]
    self[start + 5] = vector[5]
    self[start + 6] = vector[6]
    self[start + 7] = vector[7]
  }
}

extension SIMD8<Float> {
  /// The smaller of each lane.
  @inline(__always)
  func lower(_ other: Self) -> Self {
    replacing(with: other, where: other .< self)
  }
}
