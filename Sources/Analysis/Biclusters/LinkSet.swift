/// A set of small numbers as bits: `Words` holds 64 in each lane.
struct LinkSet<Words: SIMD<UInt64> & Sendable>: Equatable, Sendable {
  private var words = Words(repeating: 0)

  /// Numbers there is room for.
  static var capacity: Int { Words.scalarCount * 64 }

  /// Nothing.
  init() {}

  var isEmpty: Bool { (0..<Words.scalarCount).allSatisfy { words[$0] == 0 } }

  var count: Int {
    var sum = 0
    for lane in 0..<Words.scalarCount { sum += words[lane].nonzeroBitCount }
    return sum
  }

  @inline(__always)
  func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }

  @inline(__always)
  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

  @inline(__always)
  mutating func remove(_ number: Int) { words[number >> 6] &= ~(1 << UInt64(number & 63)) }

  @inline(__always)
  func intersection(_ other: Self) -> Self {
    var result = self
    for lane in 0..<Words.scalarCount { result.words[lane] &= other.words[lane] }
    return result
  }

  @inline(__always)
  mutating func subtract(_ other: Self) {
    for lane in 0..<Words.scalarCount { words[lane] &= ~other.words[lane] }
  }

  @inline(__always)
  mutating func formUnion(_ other: Self) {
    for lane in 0..<Words.scalarCount { words[lane] |= other.words[lane] }
  }

  @inline(__always)
  mutating func formSymmetricDifference(_ other: Self) {
    for lane in 0..<Words.scalarCount { words[lane] ^= other.words[lane] }
  }

  /// Whether both have the same members below `limit`.
  @inline(__always)
  func isEqual(to other: Self, below limit: Int) -> Bool {
    for lane in 0..<(limit >> 6) where words[lane] != other.words[lane] { return false }
    guard limit >> 6 < Words.scalarCount else { return true }
    let different = words[limit >> 6] ^ other.words[limit >> 6]
    return different & ((1 << UInt64(limit & 63)) - 1) == 0
  }

  /// Members shared with `other`.
  @inline(__always)
  func sharedCount(_ other: Self) -> Int {
    var sum = 0
    for lane in 0..<Words.scalarCount {
      sum += (words[lane] & other.words[lane]).nonzeroBitCount
    }
    return sum
  }

  /// Calls `body` with each member, ascending.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for lane in 0..<Words.scalarCount {
      var rest = words[lane]
      while rest != 0 {
        body(lane * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// Members, ascending.
  var members: [Int] {
    var result: [Int] = []
    forEach { result.append($0) }
    return result
  }
}
