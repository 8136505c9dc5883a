/// The part of the network's input that one output position of a layer depends on.
///
/// Output index *i* along an axis sees input pixels
/// `start + i · jump ..< start + i · jump + size`, before clipping at the borders.
/// Height first. The recurrence over a chain of kernels is
/// `size += (k − 1) · dilation · jump; start −= padding · jump; jump *= stride`.
public struct ReceptiveField: Hashable, Sendable, Codable {
  public var size: [Int]
  public var jump: [Int]
  public var start: [Int]

  public init(size: [Int], jump: [Int], start: [Int]) {
    self.size = size
    self.jump = jump
    self.start = start
  }

  /// The input itself: each pixel sees itself.
  public static let pixel = ReceptiveField(size: [1, 1], jump: [1, 1], start: [0, 0])

  /// Input rows and columns seen by output position (`y`, `x`), clipped to an input of
  /// `height` × `width`.
  public func patch(
    y: Int, x: Int, height: Int, width: Int
  ) -> (rows: Range<Int>, columns: Range<Int>) {
    (clip(0, y, height), clip(1, x, width))
  }

  private func clip(_ axis: Int, _ index: Int, _ length: Int) -> Range<Int> {
    let first = start[axis] + index * jump[axis]
    let low = min(max(first, 0), length)
    return low..<max(low, min(first + size[axis], length))
  }
}
