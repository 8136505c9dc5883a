/// One axis of a tensor.
public enum Dimension: Hashable, Sendable, Codable {
  case fixed(Int)
  /// Free at run time, with the name the file gives it, such as `batch`.
  case symbolic(String)
  case unknown

  /// The length where it is known.
  public var length: Int? {
    if case .fixed(let length) = self { length } else { nil }
  }
}

extension Dimension: CustomStringConvertible {
  public var description: String {
    switch self {
    case .fixed(let length): "\(length)"
    case .symbolic(let name): name
    case .unknown: "?"
    }
  }
}

/// The axes of a tensor, outermost first.
public struct TensorShape: Hashable, Sendable, Codable {
  public var dimensions: [Dimension]

  public init(_ dimensions: [Dimension]) {
    self.dimensions = dimensions
  }

  /// A shape whose every length is known.
  public init(fixed lengths: [Int]) {
    dimensions = lengths.map(Dimension.fixed)
  }

  /// Number of axes.
  public var rank: Int { dimensions.count }

  /// All lengths, or nil when one is not fixed.
  public var lengths: [Int]? {
    let known = dimensions.compactMap(\.length)
    return known.count == dimensions.count ? known : nil
  }
}

extension TensorShape: CustomStringConvertible {
  public var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(\.description).joined(separator: "×")
  }
}

/// Number format of a tensor's elements, named as in safetensors where that has a name.
public enum ElementType: String, Hashable, Sendable, Codable, CaseIterable {
  case float32, float64, float16, bfloat16
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case bool, string
  /// Anything else: complex, 4-bit, 8-bit floats.
  case other
}

/// A named input or output of a network.
public struct NetworkPort: Hashable, Sendable, Codable {
  public var name: String
  public var elementType: ElementType
  public var shape: TensorShape?

  public init(name: String, elementType: ElementType, shape: TensorShape?) {
    self.name = name
    self.elementType = elementType
    self.shape = shape
  }
}
