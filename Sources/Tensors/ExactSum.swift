/// A sum of floating-point values that is the same in any order and any grouping.
///
/// Every addend is rounded once to a multiple of 2⁻⁵⁶ and added as a 128-bit
/// integer, so addition is associative and commutative to the last bit: sums of
/// two halves merge into the sum of the whole, exactly.
///
/// Range: ±2⁷¹ in total. Addends that are not finite or exceed 2⁶⁰ in magnitude
/// are refused by ``add(_:)``, which the caller counts.
public struct ExactSum: Equatable, Hashable, Sendable {
  /// The sum in units of 2⁻⁵⁶.
  public private(set) var units: Int128

  /// Units in 1.0.
  public static let unitsPerOne = 72_057_594_037_927_936.0

  /// Largest magnitude of one addend.
  public static let largestAddend = 1_152_921_504_606_846_976.0

  /// The empty sum.
  public init() {
    units = 0
  }

  /// A sum read back from storage.
  public init(units: Int128) {
    self.units = units
  }

  /// Adds `value`; false, and no change, when it is not finite or too large.
  @inlinable
  public mutating func add(_ value: Double) -> Bool {
    guard value.magnitude <= Self.largestAddend else { return false }
    addUnits((value * Self.unitsPerOne).rounded(.toNearestOrEven))
    return true
  }

  @usableFromInline
  mutating func addUnits(_ scaled: Double) {
    units &+= scaled.magnitude < 9.2e18 ? Int128(Int64(scaled)) : Int128(scaled)
  }

  /// Adds everything `other` holds.
  public mutating func merge(_ other: ExactSum) {
    units &+= other.units
  }

  /// The sum as a double, rounded once.
  public var value: Double { Double(units) / Self.unitsPerOne }
}
