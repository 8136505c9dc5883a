/// A sum of floating-point values that is the same in any order and any grouping.
///
/// Every addend is cut once to a multiple of 2⁻⁵⁶ (towards zero) and added as a 128-bit
/// integer, so addition is associative and commutative to the last bit: sums of two halves
/// merge into the sum of the whole, exactly. The idea is that of a fixed-point
/// superaccumulator: U. Kulisch, "Computer Arithmetic and Validity", 2nd ed., 2013, ch. 8.
///
/// Range: ±2⁷¹ in total. Addends that are not finite or exceed 2⁶⁰ in magnitude are refused
/// by ``add(_:)``, which the caller counts.
public struct ExactSum: Equatable, Hashable, Sendable, BitwiseCopyable {
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
  @inline(__always)
  public mutating func add(_ value: Double) -> Bool {
    let scaled = value * Self.unitsPerOne
    if scaled.magnitude < 9.2e18 {
      units &+= Int128(truncatingIfNeeded: Int64(scaled))
      return true
    }
    guard value.magnitude <= Self.largestAddend else { return false }
    addLarge(scaled)
    return true
  }

  /// Adds units beyond 64 bits: the high word by division, the low word exactly.
  private mutating func addLarge(_ scaled: Double) {
    let size = scaled.magnitude
    let high = Int64(size / 18_446_744_073_709_551_616.0)
    let low = UInt64(size - Double(high) * 18_446_744_073_709_551_616.0)
    let whole = (Int128(high) << 64) + Int128(low)
    units = scaled < 0 ? units &- whole : units &+ whole
  }

  /// Adds everything `other` holds.
  public mutating func merge(_ other: ExactSum) {
    units &+= other.units
  }

  /// The sum as a double, rounded once.
  public var value: Double { Double(units) / Self.unitsPerOne }
}
