import CSHA256

/// The SHA-256 digest, to key caches by content.
///
/// FIPS PUB 180-4, "Secure Hash Standard", doi:10.6028/NIST.FIPS.180-4, section 6.2.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// Bytes that do not fill a block yet.
  private var block: [UInt8] = []
  private var byteCount: UInt64 = 0
  private let variant: Variant

  /// How blocks are compressed; the digest is the same.
  enum Variant: CaseIterable {
    case portable
    /// By the processor's own instructions where it has them.
    case fastest

    fileprivate var number: Int32 { self == .fastest ? sha256_best() : Int32(SHA256_PORTABLE) }
  }

  /// The digest of no bytes so far.
  public init() { self.init(.fastest) }

  init(_ variant: Variant) {
    self.variant = variant
    block.reserveCapacity(64)
  }

  /// Adds `bytes` to what is hashed.
  ///
  /// - Complexity: O(*n*).
  public mutating func update(_ bytes: RawSpan) {
    byteCount &+= UInt64(bytes.byteCount)
    var offset = 0
    if !block.isEmpty {
      offset = min(64 - block.count, bytes.byteCount)
      append(bytes, 0..<offset)
      guard block.count == 64 else { return }
      let full = block
      unsafe compress(full.span.bytes, at: 0, blocks: 1)
      block.removeAll(keepingCapacity: true)
    }
    let count = (bytes.byteCount - offset) / 64
    if count > 0 { compress(bytes, at: offset, blocks: count) }
    append(bytes, offset + 64 * count..<bytes.byteCount)
  }

  /// Adds `bytes` to what is hashed.
  public mutating func update(_ bytes: [UInt8]) {
    unsafe update(bytes.span.bytes)
  }

  /// Adds the UTF-8 bytes of `text` and a zero byte, so that fields cannot run together.
  public mutating func update(_ text: String) {
    update(Array(text.utf8) + [0])
  }

  /// The digest as 64 hexadecimal digits.
  public consuming func hexDigest() -> String {
    let bitCount = byteCount &* 8
    var tail: [UInt8] = [0x80]
    while (block.count + tail.count) % 64 != 56 { tail.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    unsafe update(tail.span.bytes)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func append(_ bytes: RawSpan, _ range: Range<Int>) {
    for offset in range {
      block.append(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
    }
  }

  /// Takes whole blocks in.
  private mutating func compress(_ bytes: RawSpan, at start: Int, blocks: Int) {
    precondition(start >= 0 && start + 64 * blocks <= bytes.byteCount && state.count == 8)
    let number = variant.number
    unsafe bytes.extracting(start..<start + 64 * blocks).withUnsafeBytes { source in
      guard let first = source.baseAddress else { return }
      unsafe state.withUnsafeMutableBufferPointer { words in
        unsafe sha256_blocks(number, words.baseAddress, first, blocks)
      }
    }
  }
}
