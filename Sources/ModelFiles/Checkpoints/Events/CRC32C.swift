/// The cyclic redundancy check of TFRecord files: polynomial 0x1EDC6F41, bits reflected.
///
/// G. Castagnoli, S. Bräuer, M. Herrmann, "Optimization of Cyclic Redundancy-Check Codes with 24 and
/// 32 Parity Bits", IEEE Transactions on Communications 41(6), 1993, doi:10.1109/26.231911.
package struct CRC32C: Sendable {
  private let table: [UInt32]

  package init() {
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
      }
    }
  }

  /// - Complexity: O(bytes).
  func checksum(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var value = ~UInt32(0)
    for offset in range {
      value = table[Int(UInt8(truncatingIfNeeded: value) ^ bytes[offset])] ^ value >> 8
    }
    return ~value
  }

  /// As TFRecord files store it, so that a record within a record does not check itself.
  package func masked(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let value = checksum(bytes, range)
    return (value >> 15 | value << 17) &+ 0xA282_EAD8
  }
}
