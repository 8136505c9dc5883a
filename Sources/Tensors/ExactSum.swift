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
  @usableFromInline
  var storage: Int128

  /// The sum in units of 2⁻⁵⁶.
  public var units: Int128 { storage }

  /// Units in 1.0.
  @inlinable public static var unitsPerOne: Double { 72_057_594_037_927_936 }

  /// Largest magnitude of one addend.
  @inlinable public static var largestAddend: Double { 1_152_921_504_606_846_976 }

  /// The empty sum.
  public init() {
    storage = 0
  }

  /// A sum read back from storage.
  public init(units: Int128) {
    storage = units
  }

  /// Adds `value`; false, and no change, when it is not finite or too large.
  @inlinable
  public mutating func add(_ value: Double) -> Bool {
    let scaled = value * Self.unitsPerOne
    if scaled.magnitude < 9.2e18 {
      storage &+= Int128(truncatingIfNeeded: Int64(scaled))
      return true
    }
    return addBeyondOneWord(value, scaled)
  }

  @usableFromInline
  mutating func addBeyondOneWord(_ value: Double, _ scaled: Double) -> Bool {
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
    storage = scaled < 0 ? storage &- whole : storage &+ whole
  }

  /// Adds everything `other` holds.
  public mutating func merge(_ other: ExactSum) {
    storage &+= other.storage
  }

  /// The sum as a double, rounded once, to nearest and to even in between.
  public var value: Double {
    let size = storage.magnitude
    let high = UInt64(truncatingIfNeeded: size >> 64)
    let low = UInt64(truncatingIfNeeded: size)
    let shift = 64 - high.leadingZeroBitCount
    // 64 bits, more than a double has, the last of them telling whether anything was cut off.
    let isCut = low.trailingZeroBitCount < shift
    let top = high << UInt64(64 - shift) | low >> UInt64(shift) | (isCut ? 1 : 0)
    let scale = Double(sign: .plus, exponent: shift - 56, significand: 1)
    let rounded = Double(top)
    return storage < 0 ? -rounded * scale : rounded * scale
  }
}
