import Networks
import Storage

/// A tensor of a checkpoint; its numbers stay in the file.
public struct CheckpointTensor: Hashable, Sendable {
  /// Without the prefixes that wrappers put before every name.
  public var name: String
  /// As the file has it.
  public var storedName: String
  public var elementType: ElementType
  public var shape: [Int]
  /// Steps between neighbours along each axis, in elements; nil for row-major order.
  var strides: [Int]?
  /// Where the numbers lie: a place in the checkpoint's sources, and the first byte there.
  var source: Int
  var offset: Int

  /// Number of elements; the shape was checked when the tensor was read.
  public var count: Int { shape.checkedProduct ?? 0 }
}

/// Bytes that tensors lie in.
enum TensorSource: Sendable {
  case mapped(MappedFile, Range<Int>)
  case packed(ZipArchive, ZipEntry)

  /// Bytes once unpacked.
  var count: Int {
    switch self {
    case .mapped(_, let range): range.count
    case .packed(_, let entry): entry.count
    }
  }
}

/// Where a tensor claims to lie in a source of some size.
struct TensorClaim {
  var elementType: ElementType
  var shape: [Int]
  /// In elements; nil for row-major order.
  var strides: [Int]?
  /// First byte within the source.
  var offset: Int

  static let largestRank = 64
  /// Elements of a tensor that repeats its bytes; others are bounded by the file.
  static let largestRepeatedCount = 1 << 28

  /// Why the claim cannot be true of a source of `byteCount` bytes; nil when it can.
  func fault(byteCount: Int) -> String? {
    guard let size = elementType.byteCount else { return "its number format is not known" }
    guard shape.count <= Self.largestRank else { return "it has \(shape.count) axes" }
    guard strides.map({ $0.count == shape.count }) ?? true else {
      return "its strides do not fit its shape"
    }
    guard let count = shape.checkedProduct else { return "its shape is impossible" }
    guard count > 0 else { return nil }
    guard offset >= 0,
      let end = lastElement.flatMap({ last in
        let (bytes, overflow) = last.multipliedReportingOverflow(by: size)
        let (end, tooFar) = bytes.addingReportingOverflow(offset + size)
        return overflow || tooFar ? nil : end
      }), end <= byteCount
    else { return "it reaches beyond its bytes" }
    guard count <= max(byteCount / size, Self.largestRepeatedCount) else {
      return "it repeats its bytes too often"
    }
    return nil
  }

  /// Index of the element furthest from the first; nil when that is no number.
  private var lastElement: Int? {
    guard let strides else { return shape.checkedProduct.map { $0 - 1 } }
    guard strides.count == shape.count else { return nil }
    var last = 0
    for (length, stride) in zip(shape, strides) {
      guard let reach = [length - 1, stride].checkedProduct else { return nil }
      let (sum, overflow) = last.addingReportingOverflow(reach)
      guard !overflow else { return nil }
      last = sum
    }
    return last
  }

  /// The strides, or nil where they are those of row-major order.
  var unusualStrides: [Int]? {
    guard let strides else { return nil }
    var expected = 1
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      if strides[axis] != expected { return strides }
      (expected, _) = expected.multipliedReportingOverflow(by: shape[axis])
    }
    return nil
  }
}
